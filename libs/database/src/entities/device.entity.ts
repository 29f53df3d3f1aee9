import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Site } from './site.entity.js';

/** An enrolled player at a site, with a credential of its own. */
@Entity('device')
@Index(['siteId'])
export class Device {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  siteId!: string;

  @ManyToOne(() => Site, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'site_id' })
  site?: Site;

  @Column('text')
  name!: string;

  @Column('text', { unique: true })
  secretHash!: string;

  /** The one browser or box that is this device: another that shows its credential is a copy. Null until it has told. */
  @Column('uuid', { nullable: true })
  installation!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  enrolledAt!: Date;

  @Column('timestamptz', { nullable: true })
  lastSeenAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
