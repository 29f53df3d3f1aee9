import { Job, type OpenJob } from '#libs/database';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** Begins a new generation of a failed edition whose original is kept: its number; nothing when there is none such. */
export const reopenEdition = async (db: EntityManager, editionId: string): Promise<number | undefined> => {
  const [rows] = await db.query<[{ generation: number }[]]>(
    `UPDATE edition SET state = 'encoding', generation = generation + 1, paused = false,
            failure_code = NULL, failure_detail = NULL
     WHERE id = $1 AND state = 'failed' AND source_kept RETURNING generation`,
    [editionId],
  );
  return rows[0]?.generation;
};

/**
 * Where the last check has found a hole, no piece is believed any more: all of the encode is made again. The check itself
 * comes again with the last piece, not before.
 */
const forgetIncomplete = `WITH incomplete AS (
    SELECT edition.id, edition.encode FROM edition
    JOIN job ON job.edition_id = edition.id AND job.encode = edition.encode
    WHERE edition.id = $1 AND job.kind = 'publish' AND job.failure_code = 'verify-failed'),
  forgotten AS (
    DELETE FROM rendition USING incomplete WHERE edition_id = incomplete.id AND rendition.encode = incomplete.encode),
  unchecked AS (
    DELETE FROM job USING incomplete
    WHERE job.edition_id = incomplete.id AND job.encode = incomplete.encode AND job.kind = 'publish')
  UPDATE job SET state = 'failed' FROM incomplete
  WHERE job.edition_id = incomplete.id AND job.encode = incomplete.encode AND job.kind NOT IN ('probe', 'publish')`;

/**
 * What is done of the latest encode stays done, unless its whole was found incomplete; all else of it waits again, with
 * all its tries. Whoever still works on the old generation is fenced off.
 */
export const reopenJobs = async (db: EntityManager, editionId: string, generation: number): Promise<OpenJob[]> => {
  await db.query(forgetIncomplete, [editionId]);
  const [rows] = await db.query<[OpenJob[]]>(
    `UPDATE job SET state = 'waiting', generation = $2, attempts = 0, lost = 0, fence = fence + 1, progress = 0, not_before = now(),
            failure_code = NULL, failure_detail = NULL, heartbeat_at = NULL, started_at = NULL, finished_at = NULL
     FROM edition
     WHERE edition.id = $1 AND job.edition_id = edition.id AND job.encode = edition.encode AND job.state <> 'done'
     RETURNING job.id, job.kind, job.generation, job.fence`,
    [editionId, generation],
  );
  return rows;
};

/**
 * Begins another encode of an edition that viewers get, which keeps the one it shows until the new one is published. It
 * comes after all that cannot be watched at all yet. What an earlier such encode left gives way; one that was shown
 * stays, somebody may be watching it still.
 *
 * @returns its first job; nothing when the edition is under way already, no longer live, or without its original
 */
export const beginEncode = async (db: EntityManager, editionId: string): Promise<OpenJob | undefined> => {
  const [rows] = await db.query<[{ encode: number; generation: number }[]]>(
    `UPDATE edition SET state = 'encoding', encode = encode + 1, generation = generation + 1, progress = 0, paused = false,
            priority = -1, failure_code = NULL, failure_detail = NULL
     WHERE id = $1 AND live AND source_kept AND shown_encode IS NOT NULL
       AND (state = 'ready' OR state = 'failed' AND encode <> shown_encode)
     RETURNING encode, generation`,
    [editionId],
  );
  const [begun] = rows;
  if (!begun) return undefined;
  await db.query(`DELETE FROM job WHERE edition_id = $1 AND state <> 'done'`, [editionId]);
  await db.query(
    `DELETE FROM rendition USING edition WHERE edition.id = $1 AND edition_id = $1 AND rendition.encode > shown_encode`,
    [editionId],
  );
  const job = { id: uuidv7(), kind: 'probe', fence: 0, ...begun } as const;
  await db.insert(Job, { ...job, editionId });
  return job;
};

/** Changes how an edition that is under way is treated; false when it is not under way. */
export const treatEdition = async (
  db: EntityManager,
  editionId: string,
  { priority, paused }: { priority?: number | undefined; paused?: boolean | undefined },
): Promise<boolean> => {
  const [, touched] = await db.query<[unknown[], number]>(
    `UPDATE edition SET priority = coalesce($2, priority), paused = coalesce($3, paused)
     WHERE id = $1 AND state = 'encoding'`,
    [editionId, priority ?? null, paused ?? null],
  );
  return touched === 1;
};

export const setHousePaused = (db: EntityManager, paused: boolean) =>
  db.query(`UPDATE pipeline_switch SET paused = $1`, [paused]);
