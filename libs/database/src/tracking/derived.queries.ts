import type { EntityManager } from 'typeorm';

export interface Pair {
  readonly learner_id: string;
  readonly edition_id: string;
}

export interface SiteDay {
  readonly site_id: string;
  /** `YYYY-MM-DD` in the site's time zone. */
  readonly day: string;
}

/** What a change of derived rows touches. */
export interface Touched {
  readonly pairs: Pair[];
  readonly days: SiteDay[];
}

/** In one order everywhere, so that no two derivations ever wait for each other in a circle. */
export const lockForDeriving = async (
  db: EntityManager,
  kind: 'session' | 'learner' | 'site',
  ids: readonly string[],
) => {
  await db.query(
    `SELECT pg_advisory_xact_lock($1, key)
     FROM (SELECT DISTINCT hashtext(id) AS key FROM unnest($2::text[]) id ORDER BY key) keys`,
    [{ session: 7401, learner: 7402, site: 7403 }[kind], ids],
  );
};

/** Drops all that was derived from these sessions, and tells whom and which days that touched. */
export const dropDerived = async (db: EntityManager, sessionIds: readonly string[]): Promise<Touched> => {
  const [row] = await db.query<[Touched]>(
    `WITH audience AS (DELETE FROM session_audience WHERE session_id = ANY($1::uuid[]) RETURNING learner_id, edition_id),
          minutes AS (DELETE FROM session_minutes WHERE session_id = ANY($1::uuid[]) RETURNING site_id, day),
          records AS (DELETE FROM session_record WHERE session_id = ANY($1::uuid[]) RETURNING site_id, day),
          refusals AS (DELETE FROM tracking_refusal WHERE session_id = ANY($1::uuid[]) AND derived)
     SELECT coalesce((SELECT json_agg(audience) FROM audience), '[]') AS pairs,
            coalesce((SELECT json_agg(days) FROM (TABLE minutes UNION TABLE records) days WHERE site_id IS NOT NULL), '[]') AS days`,
    [sessionIds],
  );
  return row;
};

export const insertDerived = async (
  db: EntityManager,
  rows: Readonly<Record<'records' | 'audience' | 'minutes' | 'refusals', readonly object[]>>,
): Promise<void> => {
  await db.query(
    `WITH records AS (
       INSERT INTO session_record SELECT * FROM json_populate_recordset(NULL::session_record, $1)
     ), audience AS (
       INSERT INTO session_audience SELECT * FROM json_populate_recordset(NULL::session_audience, $2)
     ), minutes AS (
       INSERT INTO session_minutes SELECT * FROM json_populate_recordset(NULL::session_minutes, $3)
     )
     INSERT INTO tracking_refusal (session_id, credential, item, seq, code, detail, learner_id, edition_id, derived)
     SELECT session_id, credential, item, seq, code, min(detail COLLATE "C"), learner_id, edition_id, true
     FROM json_populate_recordset(NULL::tracking_refusal, $4)
     GROUP BY session_id, credential, item, seq, code, learner_id, edition_id
     ON CONFLICT DO NOTHING`,
    [rows.records, rows.audience, rows.minutes, rows.refusals].map((list) => JSON.stringify(list)),
  );
};

/**
 * Anew from the sessions of those days: by lecture, and (edition null) over all. A learner is one head a day, by the best
 * grade, on the day the session began; minutes stay with the day they were spent on. Where nothing played, nobody is
 * audience.
 */
export const refreshSiteDays = async (db: EntityManager, days: readonly SiteDay[]): Promise<void> => {
  const keys = JSON.stringify(days);
  await db.query(
    `DELETE FROM site_day USING json_populate_recordset(NULL::site_day, $1) touched
     WHERE site_day.site_id = touched.site_id AND site_day.day = touched.day`,
    [keys],
  );
  await db.query(
    `WITH touched AS (SELECT DISTINCT site_id, day FROM json_populate_recordset(NULL::site_day, $1)),
     heads AS (
       SELECT record.site_id, record.day, record.edition_id, learner_id, min(grade) AS grade
       FROM session_record record JOIN touched USING (site_id, day) JOIN session_minutes USING (session_id)
       GROUP BY GROUPING SETS ((record.site_id, record.day, record.edition_id, learner_id),
                               (record.site_id, record.day, learner_id))
     ),
     spent AS (
       SELECT site_id, day, edition_id, range_agg(played) AS played
       FROM session_minutes JOIN touched USING (site_id, day)
       GROUP BY GROUPING SETS ((site_id, day, edition_id, learner_id), (site_id, day, learner_id))
     ),
     counts AS (
       SELECT site_id, day, edition_id, 0 AS sessions, (grade = 'A')::int AS a, (grade = 'B')::int AS b,
              (grade = 'C')::int AS c, 0 AS d, 0 AS minutes_ms
       FROM heads
       UNION ALL
       SELECT site_id, day, edition_id, 0, 0, 0, 0, 0,
              (SELECT sum(upper(part) - lower(part)) FROM unnest(played) part)
       FROM spent
       UNION ALL
       SELECT site_id, day, edition_id, count(*), 0, 0, 0, sum(head_count), 0
       FROM session_record JOIN touched USING (site_id, day) WHERE played_ms > 0
       GROUP BY GROUPING SETS ((site_id, day, edition_id), (site_id, day))
     )
     INSERT INTO site_day
     SELECT site_id, day, edition_id, sum(sessions), sum(a), sum(b), sum(c), sum(d), coalesce(sum(minutes_ms), 0)
     FROM counts GROUP BY site_id, day, edition_id`,
    [keys],
  );
};
