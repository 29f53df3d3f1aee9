import type { CourseQuery, CourseView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { LibraryScope } from '../http/authority.js';
import { keyOf } from '../http/paging.js';
import { searchOf } from '../http/search.js';
import { picked, type Picker, viewpoint, visible, withinCategory } from './library.queries.js';
import type { Poster } from './posters.js';

export type CourseRow = Omit<CourseView, 'posterUrl'> & { readonly poster: Poster | null };

/** What is shown of the courses of a page, once the page is known. */
const columns = `course.id, course.unit_id AS "unitId", unit.name AS "unitName", course.title, course.description,
    course.form, course.language, course.category_id AS "categoryId", ${picked('course')} AS selected,
    (SELECT count(*)::int FROM lecture WHERE lecture.course_id = course.id) AS "lectureCount",
    (SELECT json_build_object('editionId', edition.id, 'sha256', still.sha256, 'durationMs', edition.duration_ms)
     FROM lecture
     JOIN edition ON edition.lecture_id = lecture.id AND edition.live
     JOIN still ON still.edition_id = edition.id AND still.kind = 'poster'
     WHERE lecture.course_id = course.id ORDER BY lecture.position LIMIT 1) AS poster
  FROM page JOIN course USING (id) JOIN unit ON unit.id = course.unit_id`;

/** `limit + 1` courses by title that the caller sees. */
export const listCourses = (
  db: EntityManager,
  scope: LibraryScope,
  picker: Picker,
  query: CourseQuery,
): Promise<CourseRow[]> => {
  const { pieces, pattern } = searchOf(query.q);
  return db.query<CourseRow[]>(
    `WITH page AS (
       SELECT course.id FROM course
       WHERE ${visible}
         AND ($5::text[] IS NULL OR (pieces_of(course.title) @> $5 AND course.title ILIKE $6))
         AND ($7::uuid IS NULL OR ${withinCategory('course.category_id', '$7')})
         AND ($8::uuid IS NULL OR course.unit_id = $8)
         AND ($9::boolean IS NULL OR ${picked('course')} = $9)
         AND ($10::text IS NULL OR (course.title, course.id) > ($10, $11::uuid))
       ORDER BY course.title, course.id LIMIT $12
     )
     SELECT ${columns} ORDER BY course.title, course.id`,
    [
      ...viewpoint(scope, picker),
      pieces,
      pattern,
      query.categoryId ?? null,
      query.unitId ?? null,
      query.selected ?? null,
      ...keyOf(query.after, 2),
      query.limit + 1,
    ],
  );
};

export const findCourse = async (
  db: EntityManager,
  scope: LibraryScope,
  picker: Picker,
  id: string,
): Promise<CourseRow | undefined> => {
  const rows = await db.query<CourseRow[]>(
    `WITH page AS (SELECT course.id FROM course WHERE ${visible} AND course.id = $5) SELECT ${columns}`,
    [...viewpoint(scope, picker), id],
  );
  return rows[0];
};
