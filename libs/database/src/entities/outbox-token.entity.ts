import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Learner } from './learner.entity.js';

/** May only send the spans of one learner from where they signed in, long after the session has ended. */
@Entity('outbox_token')
@Index(['expiresAt'])
export class OutboxToken {
  @PrimaryColumn('text')
  tokenHash!: string;

  @Column('uuid')
  learnerId!: string;

  @ManyToOne(() => Learner, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  /** The enrolled device it was given on: what it sends counts at that device's site. Null in a browser of one's own. */
  @Column('uuid', { nullable: true })
  deviceId!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
