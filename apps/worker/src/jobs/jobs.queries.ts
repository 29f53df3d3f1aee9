import { Edition, editionLine, inTurn, isOpen, Job, type JobKind, type OpenJob } from '#libs/database';
import { editionProgress } from '#libs/domain';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** What a worker has failed at is for another worker for a while, if there is one. */
const isForMe = `(job.failure_code IS NULL OR job.worker_id IS DISTINCT FROM $2
  OR job.not_before < clock_timestamp() - interval '20 seconds'
  OR NOT EXISTS (SELECT FROM worker WHERE id <> $2 AND beat_at > clock_timestamp() - interval '1 minute'))`;

/**
 * Takes the job whose turn it is, of the kind of the one that the queue has named, and raises its fence. The queue says
 * that there is work; the rows say which.
 */
export const claim = async (
  db: EntityManager,
  ref: { jobId: string },
  workerId: string,
): Promise<{ job: Job; edition: Edition } | undefined> => {
  const [rows] = await db.query<[{ id: string }[], number]>(
    `WITH ${editionLine}, next AS (
       SELECT job.id FROM job JOIN line ON line.id = job.edition_id
       WHERE job.kind = (SELECT kind FROM job WHERE id = $1) AND ${isOpen} AND ${isForMe}
         AND NOT (SELECT paused FROM pipeline_switch)
       ORDER BY ${inTurn} LIMIT 1 FOR UPDATE OF job SKIP LOCKED)
     UPDATE job SET state = 'running', fence = fence + 1, attempts = attempts + 1, lost = lost + (job.state = 'running')::int, progress = 0, worker_id = $2,
            heartbeat_at = clock_timestamp(), started_at = clock_timestamp(), finished_at = NULL
     FROM next WHERE job.id = next.id
     RETURNING job.id`,
    [ref.jobId, workerId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const job = await db.findOneByOrFail(Job, { id: row.id });
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
export const markDone = (tx: EntityManager, job: Job, { cpuMs, bytes }: { cpuMs: number; bytes: number }) =>
  tx.query(
    `UPDATE job SET state = 'done', progress = 1, cpu_ms = $2, bytes = $3, finished_at = clock_timestamp(),
            failure_code = NULL, failure_detail = NULL
     WHERE id = $1`,
    [job.id, Math.round(cpuMs), bytes],
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

/**
 * The job and its edition have failed; what else waits for this edition is not to be had until a retry. What was shown
 * early is shown no more; an earlier encode stays.
 *
 * @returns whether nothing of the edition is shown
 */
export const markFailed = async (tx: EntityManager, job: Job, failure: Failure): Promise<boolean> => {
  const told = [failure.code, failure.detail];
  await tx.query(
    `UPDATE job SET state = 'failed', finished_at = clock_timestamp(), failure_code = $2, failure_detail = $3 WHERE id = $1`,
    [job.id, ...told],
  );
  const [rows] = await tx.query<[{ hidden: boolean }[], number]>(
    `UPDATE edition SET state = 'failed', failure_code = $2, failure_detail = $3,
            source_kept = source_kept AND NOT ($4 AND nullif(shown_encode, encode) IS NULL),
            shown_encode = nullif(shown_encode, encode), live = live AND shown_encode IS DISTINCT FROM encode
     WHERE id = $1 RETURNING shown_encode IS NULL AS hidden`,
    [job.editionId, ...told, isRefusal(failure)],
  );
  return rows[0]?.hidden ?? false;
};

/** Brings the edition's progress up to date with its jobs. */
export const tellProgress = async (db: EntityManager, editionId: string): Promise<void> => {
  const { encode } = await db.findOneByOrFail(Edition, { id: editionId });
  const jobs = await db.findBy(Job, { editionId, encode });
  await db.update(Edition, { id: editionId, state: 'encoding' }, { progress: editionProgress(jobs) });
};

export interface NewJob {
  readonly kind: JobKind;
  readonly chunkIndex?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Adds jobs to an edition's encode; one that is there already (an earlier try got so far) stays as it is. */
export const addJobs = async (tx: EntityManager, edition: Edition, jobs: readonly NewJob[]): Promise<void> => {
  const rows = jobs.map((job) => ({
    ...job,
    id: uuidv7(),
    editionId: edition.id,
    encode: edition.encode,
    generation: edition.generation,
  }));
  await tx.createQueryBuilder().insert().into(Job).values(rows).orIgnore().updateEntity(false).execute();
};

/** The job, if it waits for another try and failed at this worker. */
export const failedAt = async (db: EntityManager, jobId: string, workerId: string): Promise<OpenJob | undefined> => {
  const row = { id: jobId, state: 'waiting', workerId, failureCode: Not(IsNull()) } as const;
  return (await db.findOneBy(Job, row)) ?? undefined;
};
