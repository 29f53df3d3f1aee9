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

  /** The device that gets a new credential by it; null for a new device. */
  @Column('uuid', { nullable: true })
  deviceId!: string | null;

  @Column('text')
  deviceName!: string;

  /** Who gave it out, as the audit log names them. */
  @Column('text', { default: 'house' })
  issuedBy!: string;

  @Column('timestamptz')
  expiresAt!: Date;
}
