import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Site } from './site.entity.js';

/** A one-time code by which a player becomes a device of a site. */
@Entity('pairing_code')
export class PairingCode {
  @PrimaryColumn('text')
  codeHash!: string;

  @Column('uuid')
  siteId!: string;

  @ManyToOne(() => Site, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'site_id' })
  site?: Site;

  @Column('text')
  deviceName!: string;

  @Column('timestamptz')
  expiresAt!: Date;
}
