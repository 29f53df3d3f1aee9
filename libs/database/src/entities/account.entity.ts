import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Learner } from './learner.entity.js';

/** Somebody who signs in. */
@Entity('account')
@Index('account_name_idx', ['name', 'id'])
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { unique: true })
  login!: string;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  name!: string;

  @Column('text')
  passwordHash!: string;

  @Column('uuid', { nullable: true, unique: true })
  learnerId!: string | null;

  @OneToOne(() => Learner, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'learner_id' })
  learner?: Learner;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;
}
