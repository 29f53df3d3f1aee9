import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Lecture } from './lecture.entity.js';

export type EditionState = 'encoding' | 'ready' | 'failed';

/** One uploaded source of a lecture and what became of it. */
@Entity('edition')
@Unique(['lectureId', 'number'])
@Index('edition_live_idx', ['lectureId'], { unique: true, where: 'live' })
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

  /** 0..1 */
  @Column('real', { default: 0 })
  progress!: number;

  /** Of what was encoded, measured; null until then. */
  @Column('integer', { nullable: true })
  durationMs!: number | null;

  /** What the probe found. */
  @Column('jsonb', { nullable: true })
  facts!: Record<string, unknown> | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  failureDetail!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;
}
