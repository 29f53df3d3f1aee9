import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person on rosters; may have an account, may have only a card or a PIN. */
@Entity('learner')
@Index('learner_name_idx', ['name', 'id'])
export class Learner {
  @PrimaryColumn('uuid')
  id!: string;

  @Column({ type: 'text', collation: 'zh-x-icu' })
  name!: string;

  @Column('text', { unique: true })
  code!: string;

  @Column('text', { nullable: true, unique: true })
  cardHash!: string | null;

  @Column('text', { nullable: true })
  pinHash!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  erasedAt!: Date | null;
}
