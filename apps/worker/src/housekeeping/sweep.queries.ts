import type { EntityManager } from 'typeorm';
import { namedBlobs } from './named-blobs.js';

/** Those of the ids that no edition has. */
export const withoutEdition = (db: EntityManager, ids: readonly string[]): Promise<string[]> =>
  idsOf(
    db.query<{ id: string }[]>(
      `SELECT id FROM unnest($1::uuid[]) AS found (id) WHERE NOT EXISTS (SELECT FROM edition WHERE edition.id = found.id)`,
      [ids],
    ),
  );

/** Those of the ids whose original nobody needs: no upload is being finished, no edition keeps it. */
export const withoutUse = (db: EntityManager, ids: readonly string[]): Promise<string[]> =>
  idsOf(
    db.query<{ id: string }[]>(
      `SELECT id FROM unnest($1::uuid[]) AS found (id)
       WHERE NOT EXISTS (SELECT FROM upload WHERE upload.id = found.id AND state IN ('receiving', 'verifying'))
         AND NOT EXISTS (SELECT FROM edition WHERE edition.id = found.id AND source_kept)`,
      [ids],
    ),
  );

/**
 * Forgets the renditions of encodes that are neither shown nor the last one, of editions to which nothing has happened for
 * the grace: who began to watch such an encode has had that long to end.
 */
export const forgetSuperseded = async (db: EntityManager, graceMs: number): Promise<void> => {
  await db.query(
    `DELETE FROM rendition USING edition
     WHERE edition.id = rendition.edition_id
       AND rendition.encode <> edition.encode AND rendition.encode IS DISTINCT FROM edition.shown_encode
       AND greatest(edition.created_at, edition.published_at) < clock_timestamp() - $1 * interval '1 millisecond'
       AND NOT EXISTS (SELECT FROM job WHERE job.edition_id = edition.id
         AND greatest(not_before, heartbeat_at, finished_at) >= clock_timestamp() - $1 * interval '1 millisecond')`,
    [graceMs],
  );
};

/** The editions at rest whose turn it is: each has one of the slots. */
export const editionsAtRest = (db: EntityManager, slot: number, slots: number): Promise<string[]> =>
  idsOf(
    db.query<{ id: string }[]>(
      `SELECT id FROM edition WHERE state <> 'encoding' AND mod(abs(hashtext(id::text)::bigint), $2) = $1 ORDER BY id`,
      [slot, slots],
    ),
  );

/** Of these hashes, those that something of the edition names. */
export const namedAmong = async (
  db: EntityManager,
  editionId: string,
  hashes: readonly string[],
): Promise<Set<string>> => {
  const rows = await db.query<{ sha256: string }[]>(
    `SELECT sha256 FROM (${namedBlobs}) AS named WHERE edition_id = $1 AND sha256 = ANY($2)`,
    [editionId, hashes],
  );
  return new Set(rows.map(({ sha256 }) => sha256));
};

/**
 * Keeps an edition at rest for the rest of the transaction; false when it is not. Jobs begin only while an edition's state
 * is `encoding`, which cannot be set while we hold its row; one that runs on after its edition has failed still writes.
 */
export const holdAtRest = async (tx: EntityManager, editionId: string): Promise<boolean> => {
  const held = await tx.query<unknown[]>(
    `SELECT FROM edition WHERE id = $1 AND state <> 'encoding' FOR NO KEY UPDATE`,
    [editionId],
  );
  const running = await tx.query<unknown[]>(`SELECT FROM job WHERE edition_id = $1 AND state = 'running' LIMIT 1`, [
    editionId,
  ]);
  return held.length === 1 && running.length === 0;
};

/** Of these jobs, those that run, each with the fence under which it does. */
export const running = (db: EntityManager, jobIds: readonly string[]): Promise<{ id: string; fence: number }[]> =>
  db.query<{ id: string; fence: number }[]>(
    `SELECT id, fence FROM job WHERE id = ANY($1::uuid[]) AND state = 'running'`,
    [jobIds],
  );

const idsOf = async (rows: Promise<{ id: string }[]>): Promise<string[]> => (await rows).map(({ id }) => id);
