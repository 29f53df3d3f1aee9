import type { MapSegment } from '#libs/domain';
import type { EntityManager } from 'typeorm';

export interface EditionPair {
  readonly oldId: string;
  readonly newId: string;
}

/** The unit to whose library the lecture of both belongs; nothing when they are no older and newer edition of one. */
export const libraryOfPair = async (db: EntityManager, { oldId, newId }: EditionPair): Promise<string | undefined> => {
  const rows = await db.query<{ unit_id: string }[]>(
    `SELECT course.unit_id FROM edition older
     JOIN edition newer ON newer.lecture_id = older.lecture_id AND newer.number > older.number
     JOIN lecture ON lecture.id = older.lecture_id JOIN course ON course.id = lecture.course_id
     WHERE older.id = $1 AND newer.id = $2`,
    [oldId, newId],
  );
  return rows[0]?.unit_id;
};

/** Everything watched of the old edition is derived anew. */
export const storeSegmentMap = async (
  db: EntityManager,
  { oldId, newId }: EditionPair,
  segments: readonly MapSegment[],
): Promise<void> => {
  await db.query(
    `INSERT INTO segment_map (old_edition_id, new_edition_id, segments) VALUES ($1, $2, $3)
     ON CONFLICT (old_edition_id, new_edition_id) DO UPDATE SET segments = excluded.segments`,
    [oldId, newId, JSON.stringify(segments)],
  );
  await db.query(`INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session WHERE edition_id = $1`, [
    oldId,
  ]);
};
