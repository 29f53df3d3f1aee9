import type { LectureSizes } from '#libs/contracts';
import type { EntityManager } from 'typeorm';

/** What the lectures of a course would take on a device, in their order; those that are still being encoded are left out. */
export const sizesOf = (db: EntityManager, courseId: string): Promise<LectureSizes[]> =>
  db.query<LectureSizes[]>(
    `WITH kept AS (
       SELECT lecture.id AS lecture_id, lecture.position, edition.id AS edition_id, edition.shown_encode
       FROM lecture JOIN edition ON edition.lecture_id = lecture.id AND edition.live
       WHERE lecture.course_id = $1 AND edition.published_at IS NOT NULL AND edition.shown_encode IS NOT NULL
     ), track AS (
       SELECT kept.lecture_id, rendition.kind, least(rendition.width, rendition.height) AS lines,
              rendition.init_bytes + coalesce(
                (SELECT sum(segment.bytes) FROM segment WHERE segment.rendition_id = rendition.id), 0) AS bytes
       FROM kept JOIN rendition ON rendition.edition_id = kept.edition_id AND rendition.encode = kept.shown_encode
     )
     SELECT kept.lecture_id AS "lectureId",
            (coalesce((SELECT sum(bytes) FROM still WHERE still.edition_id = kept.edition_id), 0)
             + coalesce((SELECT sum(bytes) FROM caption WHERE caption.edition_id = kept.edition_id), 0))::float8 AS "besideBytes",
            (SELECT coalesce(sum(bytes), 0)::float8 FROM track
             WHERE track.lecture_id = kept.lecture_id AND kind = 'audio') AS "soundBytes",
            (SELECT coalesce(json_agg(json_build_object('lines', lines, 'bytes', bytes) ORDER BY lines DESC), '[]')
             FROM track WHERE track.lecture_id = kept.lecture_id AND kind = 'video') AS pictures
     FROM kept ORDER BY kept.position, kept.lecture_id`,
    [courseId],
  );
