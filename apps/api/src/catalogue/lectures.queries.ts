import type { LectureQuery, LectureView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { LibraryScope } from '../http/authority.js';
import { keyOf } from '../http/paging.js';
import { searchOf } from '../http/search.js';
import { picked, type Picker, viewpoint, visible, withinCategory } from './library.queries.js';
import type { Poster } from './posters.js';

export type LectureRow = Omit<LectureView, 'posterUrl' | 'failure'> & {
  readonly poster: Poster | null;
  readonly failureCode: string | null;
  readonly failureDetail: string | null;
};

/** Of the newest edition; a file that is still coming will be that one, and one that was refused explains why there is none. */
const state = `CASE
  WHEN EXISTS (SELECT FROM upload WHERE upload.lecture_id = lecture.id AND upload.state IN ('receiving', 'verifying'))
    THEN 'uploading'
  ELSE coalesce(
    (SELECT edition.state FROM edition WHERE edition.lecture_id = lecture.id ORDER BY number DESC LIMIT 1),
    (SELECT 'failed' FROM upload WHERE upload.lecture_id = lecture.id AND upload.state = 'refused' LIMIT 1),
    'empty')
  END`;

/** What is shown of the lectures of a page, once the page is known. */
const columns = `lecture.id, lecture.course_id AS "courseId", course.title AS "courseTitle", course.unit_id AS "unitId",
    lecture.position, lecture.title, lecture.description, course.language,
    coalesce(lecture.category_id, course.category_id) AS "categoryId", ${picked('lecture')} AS selected,
    ${state} AS state, coalesce(newest.progress, 0) AS progress, live.id AS "editionId",
    live.id IS NOT NULL AS watchable, live.duration_ms AS "durationMs",
    coalesce(newest.failure_code, refused.failure_code) AS "failureCode",
    coalesce(newest.failure_detail, refused.failure_detail) AS "failureDetail",
    (SELECT json_build_object('editionId', live.id, 'sha256', still.sha256, 'durationMs', live.duration_ms)
     FROM still WHERE still.edition_id = live.id AND still.kind = 'poster' LIMIT 1) AS poster
  FROM page JOIN lecture USING (id) JOIN course ON course.id = lecture.course_id
  LEFT JOIN edition live ON live.lecture_id = lecture.id AND live.live
  LEFT JOIN LATERAL (
    SELECT progress, failure_code, failure_detail FROM edition
    WHERE edition.lecture_id = lecture.id ORDER BY number DESC LIMIT 1
  ) newest ON true
  LEFT JOIN LATERAL (
    SELECT failure_code, failure_detail FROM upload
    WHERE upload.lecture_id = lecture.id AND upload.state = 'refused' ORDER BY upload.id DESC LIMIT 1
  ) refused ON true`;

/** Within a course in its order, else by title. */
const orderOf = ({ courseId }: LectureQuery) => (courseId ? 'lecture.position' : 'lecture.title');

/** `limit + 1` lectures that the caller sees. */
export const listLectures = (
  db: EntityManager,
  scope: LibraryScope,
  picker: Picker,
  query: LectureQuery,
): Promise<LectureRow[]> => {
  const { pieces, pattern } = searchOf(query.q);
  const order = orderOf(query);
  return db.query<LectureRow[]>(
    `WITH page AS (
       SELECT lecture.id FROM lecture JOIN course ON course.id = lecture.course_id
       WHERE ${visible}
         AND ($5::text[] IS NULL OR (pieces_of(lecture.title) @> $5 AND lecture.title ILIKE $6))
         AND ($7::uuid IS NULL OR ${withinCategory('coalesce(lecture.category_id, course.category_id)', '$7')})
         AND ($8::uuid IS NULL OR lecture.course_id = $8)
         AND ($9::text IS NULL OR ${state} = $9)
         AND ($10::boolean IS NULL OR ${picked('lecture')} = $10)
         AND ($11::text IS NULL OR (${order}, lecture.id) > ($11::${query.courseId ? 'int' : 'text'}, $12::uuid))
       ORDER BY ${order}, lecture.id LIMIT $13
     )
     SELECT ${columns} ORDER BY ${order}, lecture.id`,
    [
      ...viewpoint(scope, picker),
      pieces,
      pattern,
      query.categoryId ?? null,
      query.courseId ?? null,
      query.state ?? null,
      query.selected ?? null,
      ...keyOf(query.after, 2),
      query.limit + 1,
    ],
  );
};

export const findLecture = async (
  db: EntityManager,
  scope: LibraryScope,
  picker: Picker,
  id: string,
): Promise<LectureRow | undefined> => {
  const rows = await db.query<LectureRow[]>(
    `WITH page AS (
       SELECT lecture.id FROM lecture JOIN course ON course.id = lecture.course_id WHERE ${visible} AND lecture.id = $5
     )
     SELECT ${columns}`,
    [...viewpoint(scope, picker), id],
  );
  return rows[0];
};
