import { Job, type JobKind } from '#libs/database';
import type { EntityManager } from 'typeorm';

export interface RenditionSize {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly width: number | null;
  readonly height: number | null;
  /** Of all its segments and their beginning. */
  readonly bytes: number;
}

/** The renditions of an edition, best first, sound last. */
export const renditionSizes = (db: EntityManager, editionId: string): Promise<RenditionSize[]> =>
  db.query<RenditionSize[]>(
    `SELECT name, kind, width, height,
            (init_bytes + (SELECT coalesce(sum(bytes), 0) FROM segment WHERE rendition_id = rendition.id))::float8 AS bytes
     FROM rendition WHERE edition_id = $1 ORDER BY kind DESC, height DESC, name`,
    [editionId],
  );

export const jobsOf = (db: EntityManager, editionId: string): Promise<Job[]> =>
  db.find(Job, { where: { editionId }, order: { kind: 'ASC', chunkIndex: 'ASC' } });

/** Begins a new generation of a failed edition whose original is kept: its number; nothing when there is none such. */
export const reopenEdition = async (db: EntityManager, editionId: string): Promise<number | undefined> => {
  const [rows] = await db.query<[{ generation: number }[]]>(
    `UPDATE edition SET state = 'encoding', generation = generation + 1, failure_code = NULL, failure_detail = NULL
     WHERE id = $1 AND state = 'failed' AND source_kept RETURNING generation`,
    [editionId],
  );
  return rows[0]?.generation;
};

/** What is done stays done; all else waits again, with all its tries. Whoever still works on the old generation is fenced off. */
export const reopenJobs = async (
  db: EntityManager,
  editionId: string,
  generation: number,
): Promise<{ id: string; kind: JobKind; generation: number; attempts: number }[]> => {
  const [rows] = await db.query<[{ id: string; kind: JobKind; generation: number; attempts: number }[]]>(
    `UPDATE job SET state = 'waiting', generation = $2, attempts = 0, fence = fence + 1, progress = 0, not_before = now(),
            failure_code = NULL, failure_detail = NULL, heartbeat_at = NULL, started_at = NULL, finished_at = NULL
     WHERE edition_id = $1 AND state <> 'done' RETURNING id, kind, generation, attempts`,
    [editionId, generation],
  );
  return rows;
};
