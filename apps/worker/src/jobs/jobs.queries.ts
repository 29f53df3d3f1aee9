import { Edition, Job, type JobKind } from '#libs/database';
import { editionProgress } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A worker beats every few seconds; who has not for this long is gone. Both by the clock of the database. */
const GONE_AFTER = `interval '30 seconds'`;

const isOpen = `(job.state = 'waiting' AND job.not_before <= clock_timestamp()
  OR job.state = 'running' AND job.heartbeat_at < clock_timestamp() - ${GONE_AFTER})`;

/** Takes a job that waits, or that a gone worker left, and raises its fence; nothing when it is not to be had. */
export const claim = async (
  db: EntityManager,
  ref: { jobId: string; generation: number },
): Promise<{ job: Job; edition: Edition } | undefined> => {
  const [rows] = await db.query<[{ id: string }[], number]>(
    `UPDATE job SET state = 'running', fence = fence + 1, attempts = attempts + 1, progress = 0,
            heartbeat_at = clock_timestamp(), started_at = clock_timestamp(), finished_at = NULL
     FROM edition
     WHERE job.id = $1 AND job.generation = $2 AND ${isOpen}
       AND edition.id = job.edition_id AND edition.state = 'encoding'
     RETURNING job.id`,
    [ref.jobId, ref.generation],
  );
  if (rows.length === 0) return undefined;
  const job = await db.findOneByOrFail(Job, { id: ref.jobId });
  return { job, edition: await db.findOneByOrFail(Edition, { id: job.editionId }) };
};

/** Says that the worker lives and how far it is; false when another has taken the job over. */
export const beat = async (db: EntityManager, job: Job, progress: number): Promise<boolean> => {
  const [, touched] = await db.query<[unknown[], number]>(
    `UPDATE job SET heartbeat_at = clock_timestamp(), progress = $3
     WHERE id = $1 AND fence = $2 AND state = 'running'`,
    [job.id, job.fence, progress],
  );
  return touched === 1;
};

/** Keeps the edition and the fence still for the rest of the transaction; false when the fence is no longer ours. */
export const holdFence = async (tx: EntityManager, job: Job): Promise<boolean> => {
  await tx.query(`SELECT FROM edition WHERE id = $1 FOR UPDATE`, [job.editionId]);
  const rows = await tx.query<unknown[]>(
    `SELECT id FROM job WHERE id = $1 AND fence = $2 AND state = 'running' FOR UPDATE`,
    [job.id, job.fence],
  );
  return rows.length === 1;
};

/** Marks a job done; within the transaction that holds its fence. */
export const markDone = (tx: EntityManager, job: Job, cpuMs: number) =>
  tx.query(
    `UPDATE job SET state = 'done', progress = 1, cpu_ms = $2, finished_at = clock_timestamp(),
            failure_code = NULL, failure_detail = NULL
     WHERE id = $1`,
    [job.id, Math.round(cpuMs)],
  );

export interface Failure {
  readonly code: string;
  readonly detail: string;
}

/** Lets a job wait for another try. `spent: false` gives the try back: the worker was asked to stop. */
export const postpone = (
  tx: EntityManager,
  job: Job,
  { delayMs, failure, spent }: { delayMs: number; failure: Failure | null; spent: boolean },
) =>
  tx.query(
    `UPDATE job SET state = 'waiting', attempts = attempts - $2, progress = 0, failure_code = $3, failure_detail = $4,
            not_before = clock_timestamp() + $5 * interval '1 millisecond', heartbeat_at = NULL
     WHERE id = $1`,
    [job.id, spent ? 0 : 1, failure?.code ?? null, failure?.detail ?? null, delayMs],
  );

/** A fault of the source itself: no retry can help, so nothing of it is kept but the reason. */
export const isRefusal = ({ code }: Failure): boolean => code.startsWith('source-');

/** The job and its edition have failed; what else waits for this edition is not to be had until a retry. */
export const markFailed = async (tx: EntityManager, job: Job, failure: Failure): Promise<void> => {
  const told = [failure.code, failure.detail];
  await tx.query(
    `UPDATE job SET state = 'failed', finished_at = clock_timestamp(), failure_code = $2, failure_detail = $3 WHERE id = $1`,
    [job.id, ...told],
  );
  await tx.query(
    `UPDATE edition SET state = 'failed', failure_code = $2, failure_detail = $3, source_kept = source_kept AND NOT $4
     WHERE id = $1`,
    [job.editionId, ...told, isRefusal(failure)],
  );
};

/** Brings the edition's progress up to date with its jobs. */
export const tellProgress = async (db: EntityManager, editionId: string): Promise<void> => {
  const jobs = await db.findBy(Job, { editionId });
  await db.update(Edition, { id: editionId, state: 'encoding' }, { progress: editionProgress(jobs) });
};

export interface NewJob {
  readonly kind: JobKind;
  readonly chunkIndex?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Adds jobs to an edition; one that is there already (an earlier try got so far) stays as it is. */
export const addJobs = async (tx: EntityManager, edition: Edition, jobs: readonly NewJob[]): Promise<void> => {
  const rows = jobs.map((job) => ({ ...job, id: uuidv7(), editionId: edition.id, generation: edition.generation }));
  await tx.createQueryBuilder().insert().into(Job).values(rows).orIgnore().updateEntity(false).execute();
};

/** Every job that could run now, of one edition or of all, oldest first. */
export const openJobs = (db: EntityManager, editionId: string | null = null): Promise<OpenJob[]> =>
  db.query<OpenJob[]>(
    `SELECT job.id, job.kind, job.generation, job.attempts FROM job JOIN edition ON edition.id = job.edition_id
     WHERE ${isOpen} AND edition.state = 'encoding' AND ($1::uuid IS NULL OR edition.id = $1::uuid)
     ORDER BY job.not_before LIMIT 1000`,
    [editionId],
  );

export type OpenJob = Pick<Job, 'id' | 'kind' | 'generation' | 'attempts'>;
