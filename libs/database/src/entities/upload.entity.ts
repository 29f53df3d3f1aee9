import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';
import { Lecture } from './lecture.entity.js';

/** `receiving` bytes, `verifying` the whole, `done` (an edition was made), `refused` (digest, limits). */
export type UploadState = 'receiving' | 'verifying' | 'done' | 'refused';

/** A file under way to a lecture by tus. Its bytes lie in the upload folder until an edition is made of them. */
@Entity('upload')
@Index(['lectureId'])
@Index(['accountId'])
export class Upload {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account?: Account;

  @Column('uuid')
  lectureId!: string;

  @ManyToOne(() => Lecture, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lecture_id' })
  lecture?: Lecture;

  @Column('text')
  fileName!: string;

  /** `Upload-Metadata` as it came: HEAD gives it back (tus, Creation). */
  @Column('text')
  metadata!: string;

  /** Null while the length is deferred. */
  @Column('bigint', { nullable: true })
  bytes!: string | null;

  /** As the client announced it, hex; verified at the end. */
  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('text', { default: 'receiving' })
  state!: UploadState;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  failureDetail!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
