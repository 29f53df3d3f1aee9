import type { Rung } from '#libs/domain';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity.js';
import { Lecture } from './lecture.entity.js';

export type EditionState = 'encoding' | 'ready' | 'failed';

/** One uploaded source of a lecture and what became of it. */
@Entity('edition')
@Unique(['lectureId', 'number'])
@Index('edition_live_idx', ['lectureId'], { unique: true, where: 'live' })
@Index('edition_published_at_idx', ['publishedAt'], { where: 'published_at IS NOT NULL' })
@Index('edition_encoding_idx', ['uploadedBy', 'createdAt'], { where: "state = 'encoding'::text" })
export class Edition {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  lectureId!: string;

  @ManyToOne(() => Lecture, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lecture_id' })
  lecture?: Lecture;

  @Column('integer')
  number!: number;

  /** The upload it came from: one upload makes one edition, however often its end is handled. */
  @Column('uuid', { nullable: true, unique: true })
  uploadId!: string | null;

  @Column('text')
  sourceName!: string;

  @Column('bigint')
  sourceBytes!: string;

  @Column('text')
  sourceSha256!: string;

  /** Whether the original still lies at `sources/{id}`. */
  @Column('boolean', { default: true })
  sourceKept!: boolean;

  @Column('text', { default: 'encoding' })
  state!: EditionState;

  /** The one edition of its lecture that viewers get. */
  @Column('boolean', { default: false })
  live!: boolean;

  /** Grows by every retry; part of queue job ids, since a kept finished job blocks a new one of the same id. */
  @Column('integer', { default: 1 })
  generation!: number;

  /** Which encode of it is under way, or was the last one. */
  @Column('integer', { default: 1 })
  encode!: number;

  /** The encode that viewers get; null while nothing of it can be watched. */
  @Column('integer', { nullable: true })
  shownEncode!: number | null;

  /** Editions of a higher one are worked on first. */
  @Column('integer', { default: 0 })
  priority!: number;

  @Column('boolean', { default: false })
  paused!: boolean;

  /** Whose line it stands in: all uploaders get their turn. */
  @Column('uuid', { nullable: true })
  uploadedBy!: string | null;

  @ManyToOne(() => Account, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'uploaded_by' })
  uploader?: Account;

  /** 0..1 */
  @Column('real', { default: 0 })
  progress!: number;

  /** As long as the probe says, and once it is published as long as it was measured. */
  @Column('integer', { nullable: true })
  durationMs!: number | null;

  /** What the probe found. */
  @Column('jsonb', { nullable: true })
  facts!: Record<string, unknown> | null;

  /** The renditions of the encode under way, or of the last one, as they were planned; null before the probe. */
  @Column('jsonb', { nullable: true })
  ladder!: Rung[] | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  failureDetail!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;
}
