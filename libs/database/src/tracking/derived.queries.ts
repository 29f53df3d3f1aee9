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

/** Rows of `tracking_refusal` that follow from a list in JSON: one for each number and code. */
export const refusalsIn = (list: string): string =>
  `SELECT session_id, credential, item, seq, code, min(detail COLLATE "C") AS detail, learner_id, edition_id, true AS derived
   FROM json_populate_recordset(NULL::tracking_refusal, ${list})
   GROUP BY session_id, credential, item, seq, code, learner_id, edition_id`;

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
     ${refusalsIn('$4')}
     ON CONFLICT DO NOTHING`,
    [rows.records, rows.audience, rows.minutes, rows.refusals].map((list) => JSON.stringify(list)),
  );
};
