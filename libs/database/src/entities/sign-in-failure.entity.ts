import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A failed sign-in, kept for minutes, by the hash of what was tried: never a login or an address. */
@Entity('sign_in_failure')
@Index(['subjectHash', 'failedAt'])
@Index(['failedAt'])
export class SignInFailure {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  subjectHash!: string;

  @Column('timestamptz', { default: () => 'now()' })
  failedAt!: Date;
}
