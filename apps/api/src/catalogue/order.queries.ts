import type { EntityManager } from 'typeorm';

/** The lectures of a course in their order; nobody else changes the order until the transaction ends. */
export const lockOrder = async (db: EntityManager, courseId: string): Promise<{ id: string; position: number }[]> => {
  await db.query(`SELECT FROM course WHERE id = $1 FOR UPDATE`, [courseId]);
  return db.query(`SELECT id, position FROM lecture WHERE course_id = $1 ORDER BY position`, [courseId]);
};

/** Gives the lectures of a course the positions 0, 1, 2 … in two steps, for no two may share one even for a moment. */
export const setOrder = async (db: EntityManager, courseId: string, lectureIds: readonly string[]): Promise<void> => {
  await db.query(
    `UPDATE lecture SET position = -ordered.place
     FROM unnest($1::uuid[]) WITH ORDINALITY AS ordered (id, place) WHERE lecture.id = ordered.id`,
    [lectureIds],
  );
  await db.query(`UPDATE lecture SET position = -1 - position WHERE course_id = $1 AND position < 0`, [courseId]);
};
