import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Edition } from './edition.entity.js';

export type JobKind = 'probe' | 'chunk' | 'audio' | 'stills' | 'publish';
export type JobState = 'waiting' | 'running' | 'done' | 'failed';

/** A piece of work on an edition. This row is the truth; the queue only wakes workers. */
@Entity('job')
@Unique(['editionId', 'encode', 'kind', 'chunkIndex'])
@Index('job_open_idx', ['notBefore'], { where: "state = ANY (ARRAY['waiting'::text, 'running'::text])" })
@Index('job_finished_at_idx', ['finishedAt'], { where: 'finished_at IS NOT NULL' })
@Index('job_failed_idx', ['editionId'], { where: "state = 'failed'::text" })
export class Job {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  editionId!: string;

  @ManyToOne(() => Edition, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'edition_id' })
  edition?: Edition;

  /** Which encode of the edition it works for. */
  @Column('integer', { default: 1 })
  encode!: number;

  @Column('text')
  kind!: JobKind;

  @Column('integer', { default: 0 })
  chunkIndex!: number;

  @Column('integer', { nullable: true })
  fromMs!: number | null;

  @Column('integer', { nullable: true })
  toMs!: number | null;

  @Column('integer', { default: 1 })
  generation!: number;

  @Column('text', { default: 'waiting' })
  state!: JobState;

  /** Tries so far, the one under way included. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** Tries whose worker has gone without a word. */
  @Column('integer', { default: 0 })
  lost!: number;

  /** Grows by every claim: who holds an older one may write nothing. */
  @Column('integer', { default: 0 })
  fence!: number;

  /** 0..1 */
  @Column('real', { default: 0 })
  progress!: number;

  @Column('integer', { nullable: true })
  cpuMs!: number | null;

  /** Who holds it, or held it last. */
  @Column('uuid', { nullable: true })
  workerId!: string | null;

  /** What it has stored. */
  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  failureDetail!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  notBefore!: Date;

  /** By the clock of the database. */
  @Column('timestamptz', { nullable: true })
  heartbeatAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
