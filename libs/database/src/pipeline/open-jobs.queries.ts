import type { EntityManager } from 'typeorm';
import type { Job } from '../entities/job.entity.js';

/** A worker beats every few seconds; who has not for this long is gone. Both by the clock of the database. */
const GONE_AFTER = `interval '30 seconds'`;

/** A job that waits and may run, or that a gone worker left. */
export const isOpen = `(job.state = 'waiting' AND job.not_before <= clock_timestamp()
  OR job.state = 'running' AND job.heartbeat_at < clock_timestamp() - ${GONE_AFTER})`;

/** A job that a worker should hear of. */
export type OpenJob = Pick<Job, 'id' | 'kind' | 'generation' | 'fence'>;

/**
 * Jobs that could run now: of all editions, or those that one edition got since a time. What a lecture is first watched
 * with comes before its later chunks, however many.
 */
export const openJobs = (db: EntityManager, only: { editionId?: string; since?: Date } = {}): Promise<OpenJob[]> =>
  db.query<OpenJob[]>(
    `SELECT job.id, job.kind, job.generation, job.fence
     FROM job JOIN edition ON edition.id = job.edition_id AND edition.encode = job.encode
     WHERE ${isOpen} AND edition.state = 'encoding' AND NOT edition.paused
       AND ($1::uuid IS NULL OR edition.id = $1::uuid) AND ($2::timestamptz IS NULL OR job.not_before >= $2)
     ORDER BY edition.priority DESC, job.chunk_index > 0, job.not_before LIMIT 1000`,
    [only.editionId ?? null, only.since ?? null],
  );
