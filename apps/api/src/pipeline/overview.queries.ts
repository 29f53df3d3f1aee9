import type { EditionUnderWay, PipelineOverview, QueueDepth, WorkerView } from '#libs/contracts';
import { editionLine, inLine } from '#libs/database';
import type { EntityManager } from 'typeorm';

/** What lies below some units; null for the whole house. */
export type Reach = readonly string[] | null;

/** `$1` is the reach; what is asked about belongs to the library of `course`. */
const withinReach = `($1::uuid[] IS NULL
  OR EXISTS (SELECT FROM unit_above WHERE unit_above.unit_id = course.unit_id AND above_id = ANY($1)))`;

/** Places in the line of the whole house. First chunks come before later ones all along it. */
const places = `${editionLine}, places AS (SELECT id, row_number() OVER (ORDER BY ${inLine}) AS place FROM line)`;

/** Editions under way in the order in which they are worked on, those that are paused last. */
export const editionsUnderWay = (db: EntityManager, reach: Reach, limit: number | null): Promise<EditionUnderWay[]> =>
  db.query<EditionUnderWay[]>(
    `WITH ${places}
     SELECT edition.id AS "editionId", place::int, lecture.id AS "lectureId", lecture.title AS "lectureTitle",
            unit.name AS "unitName", number, encode, progress, priority, paused,
            live AND shown_encode IS NOT NULL AS watchable, account.name AS uploader,
            to_char(edition.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
     FROM edition JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
     JOIN unit ON unit.id = course.unit_id
     LEFT JOIN places ON places.id = edition.id LEFT JOIN account ON account.id = uploaded_by
     WHERE edition.state = 'encoding' AND ${withinReach}
     ORDER BY place NULLS LAST, edition.created_at LIMIT $2`,
    [reach, limit],
  );

export const countUnderWay = async (db: EntityManager, reach: Reach): Promise<number> => {
  const [row] = await db.query<[{ count: number }]>(
    `SELECT count(*)::int AS count
     FROM edition JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
     WHERE edition.state = 'encoding' AND ${withinReach}`,
    [reach],
  );
  return row.count;
};

/** How much there is of each kind: what waits or runs for editions under way, and what has failed for good. */
export const queueDepths = (db: EntityManager, reach: Reach): Promise<QueueDepth[]> =>
  db.query<QueueDepth[]>(
    `WITH open AS (
       SELECT job.kind, job.state, edition.paused, not_before
       FROM job JOIN edition ON edition.id = job.edition_id AND edition.encode = job.encode
       JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
       WHERE ${withinReach} AND (
         job.state IN ('waiting', 'running') AND edition.state = 'encoding'
         OR job.state = 'failed' AND edition.state = 'failed')
     )
     SELECT kind, (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
            (count(*) FILTER (WHERE state = 'running'))::int AS running,
            (count(*) FILTER (WHERE state = 'failed'))::int AS failed,
            (extract(epoch FROM clock_timestamp() - min(not_before) FILTER (
              WHERE state = 'waiting' AND NOT paused AND not_before <= clock_timestamp())) * 1000)::int AS "oldestWaitMs"
     FROM open RIGHT JOIN unnest(ARRAY['probe', 'stills', 'audio', 'chunk', 'publish']) WITH ORDINALITY
       AS kinds (kind, place) USING (kind)
     GROUP BY kind, place ORDER BY place`,
    [reach],
  );

/** Every worker heard of within the last ten minutes, so that one sees which has just gone, and what each has in hand. */
export const workersHeardOf = (db: EntityManager): Promise<WorkerView[]> =>
  db.query<WorkerView[]>(
    `SELECT worker.id, host, cores, missing_protections AS "missingProtections",
            to_char(worker.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startedAt",
            (extract(epoch FROM clock_timestamp() - beat_at) * 1000)::int AS "beatAgeMs",
            coalesce((
              SELECT json_agg(json_build_object(
                'lectureId', lecture.id, 'lectureTitle', lecture.title, 'kind', job.kind, 'chunkIndex', chunk_index,
                'progress', job.progress,
                'runMs', (extract(epoch FROM clock_timestamp() - job.started_at) * 1000)::int) ORDER BY job.started_at)
              FROM job JOIN edition ON edition.id = job.edition_id JOIN lecture ON lecture.id = edition.lecture_id
              WHERE job.worker_id = worker.id AND job.state = 'running'), '[]') AS jobs
     FROM worker WHERE beat_at > clock_timestamp() - interval '10 minutes'
     ORDER BY host, worker.started_at, worker.id`,
  );

/** What was finished within the last 24 hours, by indexes (which take now(), not a clock that ticks). A lecture counts once. */
export const lastDay = async (db: EntityManager, reach: Reach): Promise<PipelineOverview['lastDay']> => {
  const [row] = await db.query<[PipelineOverview['lastDay']]>(
    `WITH published AS (
       SELECT DISTINCT ON (lecture_id) lecture_id, duration_ms
       FROM edition JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
       WHERE published_at > now() - interval '24 hours' AND ${withinReach}
       ORDER BY lecture_id, published_at DESC
     ), done AS (
       SELECT sum(cpu_ms) AS cpu_ms, sum(bytes) AS bytes
       FROM job JOIN edition ON edition.id = job.edition_id
       JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
       WHERE finished_at > now() - interval '24 hours' AND ${withinReach}
     )
     SELECT (SELECT count(*)::int FROM published) AS lectures,
            (SELECT coalesce(sum(duration_ms), 0)::float8 FROM published) AS "videoMs",
            coalesce(done.cpu_ms, 0)::float8 AS "cpuMs", coalesce(done.bytes, 0)::float8 AS bytes
     FROM done`,
    [reach],
  );
  return row;
};
