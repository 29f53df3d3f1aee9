import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';
import { Device } from './device.entity.js';
import { Learner } from './learner.entity.js';

/** A session cookie, by the SHA-256 of its token. Of an account, or of a learner on a device. */
@Entity('sign_in')
@Index(['expiresAt'])
export class SignIn {
  @PrimaryColumn('text')
  tokenHash!: string;

  @Column('uuid', { nullable: true })
  accountId!: string | null;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  @Column('uuid', { nullable: true })
  learnerId!: string | null;

  @ManyToOne(() => Learner, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  @Column('uuid', { nullable: true })
  deviceId!: string | null;

  @ManyToOne(() => Device, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'device_id' })
  device?: Device;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
