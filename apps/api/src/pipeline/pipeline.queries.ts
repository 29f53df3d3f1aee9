import { Edition, type Job } from '#libs/database';
import type { EntityManager } from 'typeorm';

/** An edition of a lecture by its number, else the newest. */
export const findEdition = (db: EntityManager, lectureId: string, number?: number): Promise<Edition | null> =>
  db.findOne(Edition, {
    where: { lectureId, ...(number === undefined ? {} : { number }) },
    order: { number: 'DESC' },
  });

export const editionsOf = (
  db: EntityManager,
  lectureId: string,
): Promise<Pick<Edition, 'number' | 'state' | 'live'>[]> =>
  db.find(Edition, {
    where: { lectureId },
    select: { number: true, state: true, live: true },
    order: { number: 'DESC' },
  });

export interface RenditionSize {
  readonly name: string;
  readonly encode: number;
  readonly kind: 'video' | 'audio';
  readonly width: number | null;
  readonly height: number | null;
  /** Of all its segments and their beginning. */
  readonly bytes: number;
}

/** The renditions of the latest encode and of the one shown: latest first, then best first, sound last. */
export const renditionSizes = (
  db: EntityManager,
  { id, encode, shownEncode }: Pick<Edition, 'id' | 'encode' | 'shownEncode'>,
): Promise<RenditionSize[]> =>
  db.query<RenditionSize[]>(
    `SELECT name, encode, kind, width, height,
            (init_bytes + (SELECT coalesce(sum(bytes), 0) FROM segment WHERE rendition_id = rendition.id))::float8 AS bytes
     FROM rendition WHERE edition_id = $1 AND encode IN ($2, $3)
     ORDER BY encode DESC, kind DESC, height DESC, name`,
    [id, encode, shownEncode ?? encode],
  );

/** A job as its row has it, beside the machine that has or had it; times by the clock of the database. */
export type JobRow = Pick<
  Job,
  'kind' | 'chunkIndex' | 'fromMs' | 'toMs' | 'state' | 'attempts' | 'progress' | 'cpuMs' | 'workerId'
> & {
  readonly bytes: number | null;
  readonly failureCode: string | null;
  readonly failureDetail: string | null;
  readonly host: string | null;
  readonly runMs: number | null;
  /** When it may be tried again, when that is still to come. */
  readonly nextTryAt: Date | null;
};

/** The jobs of an edition's latest encode: first what comes first. */
export const jobsOf = (db: EntityManager, { id, encode }: Pick<Edition, 'id' | 'encode'>): Promise<JobRow[]> =>
  db.query<JobRow[]>(
    `SELECT kind, chunk_index AS "chunkIndex", from_ms AS "fromMs", to_ms AS "toMs", state, attempts, job.progress,
            cpu_ms AS "cpuMs", bytes::float8, worker_id AS "workerId", host,
            failure_code AS "failureCode", failure_detail AS "failureDetail",
            CASE WHEN state <> 'waiting' THEN
              (extract(epoch FROM coalesce(finished_at, clock_timestamp()) - job.started_at) * 1000)::float8 END AS "runMs",
            CASE WHEN state = 'waiting' AND not_before > clock_timestamp() THEN not_before END AS "nextTryAt"
     FROM job LEFT JOIN worker ON worker.id = worker_id
     WHERE edition_id = $1 AND encode = $2
     ORDER BY array_position(ARRAY['probe', 'stills', 'audio', 'chunk', 'publish'], kind), chunk_index`,
    [id, encode],
  );

/** How many segments from the beginning are there without a gap, in that rendition of the encode which has most. */
export const watchableSegments = async (db: EntityManager, editionId: string, encode: number): Promise<number> => {
  const [row] = await db.query<{ segments: number }[]>(
    `SELECT coalesce(max(segments), 0)::int AS segments FROM (
       SELECT count(*) FILTER (WHERE index = place) AS segments
       FROM (SELECT rendition_id, index, row_number() OVER (PARTITION BY rendition_id ORDER BY index) - 1 AS place
             FROM segment JOIN rendition ON rendition.id = rendition_id
             WHERE edition_id = $1 AND encode = $2 AND kind = 'video') AS numbered
       GROUP BY rendition_id) AS counted`,
    [editionId, encode],
  );
  return row?.segments ?? 0;
};

export const isHousePaused = async (db: EntityManager): Promise<boolean> => {
  const [row] = await db.query<{ paused: boolean }[]>(`SELECT paused FROM pipeline_switch`);
  return row?.paused ?? false;
};
