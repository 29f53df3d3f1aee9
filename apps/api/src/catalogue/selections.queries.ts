import type { PageQuery, SelectionView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';
import type { Picker } from './library.queries.js';

export type SelectionRow = Omit<SelectionView, 'createdAt'> & { readonly createdAt: Date };

const columns = `selection.id, selection.course_id AS "courseId", selection.lecture_id AS "lectureId",
  selection.site_id AS "siteId", selection.learner_id AS "learnerId", coalesce(course.title, lecture.title) AS title,
  selection.created_at AS "createdAt"
  FROM selection
  LEFT JOIN course ON course.id = selection.course_id
  LEFT JOIN lecture ON lecture.id = selection.lecture_id`;

/** `limit + 1` of what a learner and sites have picked, newest first. */
export const listSelections = (db: EntityManager, picker: Picker, query: PageQuery): Promise<SelectionRow[]> =>
  db.query<SelectionRow[]>(
    `SELECT ${columns}
     WHERE (selection.learner_id = $1::uuid OR selection.site_id = ANY($2::uuid[]))
       AND ($3::uuid IS NULL OR selection.id < $3)
     ORDER BY selection.id DESC LIMIT $4`,
    [picker.learnerId, picker.siteIds, ...keyOf(query.after, 1), query.limit + 1],
  );

export interface Pick {
  readonly learnerId: string | null;
  readonly siteId: string | null;
  readonly courseId: string | null;
  readonly lectureId: string | null;
}

/** Picks once, however often it is asked for. */
export const pick = async (
  db: EntityManager,
  id: string,
  { learnerId, siteId, courseId, lectureId }: Pick,
): Promise<SelectionRow> => {
  await db.query(
    `INSERT INTO selection (id, learner_id, site_id, course_id, lecture_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [id, learnerId, siteId, courseId, lectureId],
  );
  const [row] = await db.query<[SelectionRow]>(
    `SELECT ${columns}
     WHERE selection.learner_id IS NOT DISTINCT FROM $1::uuid AND selection.site_id IS NOT DISTINCT FROM $2::uuid
       AND selection.course_id IS NOT DISTINCT FROM $3::uuid AND selection.lecture_id IS NOT DISTINCT FROM $4::uuid`,
    [learnerId, siteId, courseId, lectureId],
  );
  return row;
};
