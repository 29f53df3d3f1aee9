import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Learner } from './learner.entity.js';
import { Site } from './site.entity.js';

/** A learner on the roster of a site, with the dates. */
@Entity('roster_entry')
@Index(['learnerId'])
export class RosterEntry {
  @PrimaryColumn('uuid')
  siteId!: string;

  @ManyToOne(() => Site, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'site_id' })
  site?: Site;

  @PrimaryColumn('uuid')
  learnerId!: string;

  @ManyToOne(() => Learner, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  @Column('date')
  fromDate!: string;

  @Column('date', { nullable: true })
  toDate!: string | null;

  /** By which this site's devices know the learner's card without a link; null until it has been worked out. */
  @Column('text', { nullable: true })
  cardCheck!: string | null;

  /** The hash of the card that `cardCheck` was made of: another card needs another. */
  @Column('text', { nullable: true })
  cardCheckOf!: string | null;
}
