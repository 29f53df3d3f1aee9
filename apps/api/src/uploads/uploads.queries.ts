import { Caption, type Edition, Rendition, Still, Upload, type UploadState } from '#libs/database';
import type { EntityManager } from 'typeorm';

/** A page of somebody's uploads with their lectures, newest first, and one more when there is a next page. */
export function uploadsOf(
  db: EntityManager,
  page: { accountId: string; lectureId: string | undefined; before: string | null; limit: number },
): Promise<Upload[]> {
  const query = db
    .createQueryBuilder(Upload, 'upload')
    .innerJoinAndSelect('upload.lecture', 'lecture')
    .where({ accountId: page.accountId, ...(page.lectureId ? { lectureId: page.lectureId } : {}) })
    .orderBy('upload.id', 'DESC')
    .take(page.limit + 1);
  if (page.before) query.andWhere('upload.id < :before', { before: page.before });
  return query.getMany();
}

/** From now on nothing more is written to the upload; nothing when it has been handled already or is gone. */
export const beginVerifying = async (db: EntityManager, id: string): Promise<{ sha256: string | null } | undefined> => {
  const [rows] = await db.query<[{ sha256: string | null }[]]>(
    `UPDATE upload SET state = 'verifying' WHERE id = $1 AND state IN ('receiving', 'verifying') RETURNING sha256`,
    [id],
  );
  return rows[0];
};

/**
 * Makes the edition of an upload, under the upload's own id: one upload, one edition. False when the upload is gone, with
 * its lecture. Must run in a transaction: the lecture is locked while its next number is taken.
 */
export const insertEdition = async (db: EntityManager, id: string, sha256: string): Promise<boolean> => {
  await db.query(`SELECT FROM lecture WHERE id = (SELECT lecture_id FROM upload WHERE id = $1) FOR UPDATE`, [id]);
  const rows = await db.query<unknown[]>(
    `INSERT INTO edition (id, lecture_id, number, upload_id, uploaded_by, source_name, source_bytes, source_sha256)
     SELECT id, lecture_id,
            (SELECT coalesce(max(number), 0) + 1 FROM edition WHERE edition.lecture_id = upload.lecture_id),
            id, account_id, file_name, bytes, $2
     FROM upload WHERE id = $1 AND state = 'verifying'
     RETURNING id`,
    [id, sha256],
  );
  await db.query(`UPDATE upload SET state = 'done' WHERE id = $1`, [id]);
  return rows.length > 0;
};

/** Uploads that may be whole without an edition having been made of them, as after a crash. */
export const openUploads = (db: EntityManager): Promise<{ id: string; bytes: string; state: UploadState }[]> =>
  db.query(`SELECT id, bytes, state FROM upload WHERE state IN ('receiving', 'verifying') AND bytes IS NOT NULL`);

/** Ends every upload for which nothing came for too long; which. */
export const expireUploads = async (db: EntityManager): Promise<string[]> => {
  const [rows] = await db.query<[{ id: string }[]]>(
    `UPDATE upload SET state = 'refused', failure_code = 'upload-expired', failure_detail = 'Nothing came for too long.'
     WHERE state = 'receiving' AND expires_at < now() RETURNING id`,
  );
  return rows.map(({ id }) => id);
};

/** Ends an upload for good, with the reason, unless it has ended already. */
export const refuseUpload = async (db: EntityManager, id: string, code: string, detail: string): Promise<void> => {
  await db.query(
    `UPDATE upload SET state = 'refused', failure_code = $2, failure_detail = $3
     WHERE id = $1 AND state IN ('receiving', 'verifying')`,
    [id, code, detail],
  );
};

/** Those of the ids whose bytes nobody needs: neither an upload under way nor an edition that keeps its original. */
export const strays = async (db: EntityManager, ids: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM unnest($1::uuid[]) AS found (id)
     WHERE NOT EXISTS (SELECT FROM upload WHERE upload.id = found.id AND state IN ('receiving', 'verifying'))
       AND NOT EXISTS (SELECT FROM edition WHERE edition.id = found.id AND source_kept)`,
    [ids],
  );
  return rows.map(({ id }) => id);
};

/**
 * Ends an edition whose original turned out to be another file: workers lose it, viewers get the newest ready one before
 * it, its reason stays. False, and nothing happens, when somebody has watched it. Must run in a transaction.
 */
export const failEdition = async (
  db: EntityManager,
  { id, lectureId }: Edition,
  code: string,
  detail: string,
): Promise<boolean> => {
  await db.query(`SELECT FROM lecture WHERE id = $1 FOR UPDATE`, [lectureId]);
  const [, failed] = await db.query<[unknown, number]>(
    `UPDATE edition SET state = 'failed', live = false, source_kept = false, failure_code = $2, failure_detail = $3
     WHERE id = $1 AND NOT EXISTS (SELECT FROM tracking_session WHERE edition_id = $1)`,
    [id, code, detail],
  );
  if (failed === 0) return false;
  await db.query(
    `UPDATE edition SET live = true
     WHERE id = (SELECT id FROM edition WHERE lecture_id = $1 AND state = 'ready' ORDER BY number DESC LIMIT 1)
       AND NOT EXISTS (SELECT FROM edition WHERE lecture_id = $1 AND live)`,
    [lectureId],
  );
  await db.query(
    `UPDATE job SET state = 'failed', fence = fence + 1, finished_at = now(), failure_code = $2, failure_detail = $3
     WHERE edition_id = $1 AND state IN ('waiting', 'running')`,
    [id, code, detail],
  );
  for (const entity of [Rendition, Still, Caption]) await db.delete(entity, { editionId: id });
  return true;
};
