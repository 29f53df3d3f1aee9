import type { EntityManager } from 'typeorm';

/** A unit on a day, as high above what changed as it stands: those below are folded first. */
export interface UnitDay {
  readonly unit_id: string;
  readonly day: string;
}

export interface TouchedUnitDay extends UnitDay {
  readonly height: number;
}

/** No tree is higher; a circle in the tree of a past day ends here. */
const HIGHEST = 40;
const FOLDING = 76_103;

export const SUMS_OF_DAYS = `sum(sessions)::bigint AS sessions, sum(audience_a)::bigint AS audience_a,
  sum(audience_b)::bigint AS audience_b, sum(audience_c)::bigint AS audience_c, sum(audience_d)::bigint AS audience_d,
  sum(minutes_ms)::bigint AS minutes_ms, sum(credit_ms)::bigint AS credit_ms, sum(completions)::bigint AS completions`;
const COLUMNS = `edition_id, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms, credit_ms, completions`;

/** One folds at a time: false while another does, or while the tree changes. Ends with the transaction. */
export const takeFolding = async (db: EntityManager): Promise<boolean> => {
  const [row] = await db.query<[{ taken: boolean }]>(`SELECT pg_try_advisory_xact_lock(${FOLDING}) AS taken`);
  return row.taken;
};

/** Waits for its turn to fold. */
export const awaitFolding = async (db: EntityManager): Promise<void> => {
  await db.query(`SELECT pg_advisory_xact_lock(${FOLDING})`);
};

/** Takes days of sites and units that have changed off the list: the units whose own totals they are. */
export const takeUnitDays = async (
  db: EntityManager,
  limit: number,
): Promise<{ readonly taken: number; readonly days: UnitDay[] }> => {
  const [rows] = await db.query<[{ site_id: string | null; unit_id: string | null; day: string }[], number]>(
    `DELETE FROM unit_day_dirty WHERE id IN (SELECT id FROM unit_day_dirty ORDER BY id LIMIT $1)
     RETURNING site_id, unit_id, day::text`,
    [limit],
  );
  const days = await db.query<UnitDay[]>(
    `SELECT DISTINCT coalesce(site.unit_id, changed.unit_id) AS unit_id, changed.day::text AS day
     FROM json_populate_recordset(NULL::unit_day_dirty, $1) changed LEFT JOIN site ON site.id = changed.site_id
     WHERE coalesce(site.unit_id, changed.unit_id) IS NOT NULL`,
    [JSON.stringify(rows)],
  );
  return { taken: rows.length, days };
};

/** These and all that stood above them on their days, the lowest first. */
export const unitDaysAbove = (db: EntityManager, days: readonly UnitDay[]): Promise<TouchedUnitDay[]> =>
  db.query(
    `WITH RECURSIVE up AS (
       SELECT unit_id, day, 0 AS height FROM json_populate_recordset(NULL::unit_day, $1)
       UNION
       SELECT unit_parent_on(unit_id, day), day, height + 1 FROM up
       WHERE height < ${HIGHEST} AND unit_parent_on(unit_id, day) IS NOT NULL
     )
     SELECT unit_id, day::text, max(height) AS height FROM up GROUP BY unit_id, day ORDER BY height`,
    [JSON.stringify(days)],
  );

/** Rows of `unit_day` of the unit days in $1: what their own sites have, and what the units have that stood under them then. */
export const FOLD = `
  WITH touched AS (SELECT DISTINCT unit_id, day FROM json_populate_recordset(NULL::unit_day, $1)),
  parts AS (
    SELECT touched.unit_id, touched.day, ${COLUMNS}
    FROM touched JOIN site ON site.unit_id = touched.unit_id
    JOIN site_day ON site_day.site_id = site.id AND site_day.day = touched.day
    UNION ALL
    SELECT below.parent_id, below.day, ${COLUMNS}
    FROM (
      SELECT DISTINCT touched.unit_id AS parent_id, touched.day, link.unit_id AS child_id
      FROM touched JOIN unit_parent link ON link.parent_id = touched.unit_id
    ) below
    JOIN unit_day ON unit_day.unit_id = below.child_id AND unit_day.day = below.day
    WHERE unit_parent_on(below.child_id, below.day) = below.parent_id
  )
  SELECT unit_id, day, edition_id, ${SUMS_OF_DAYS} FROM parts GROUP BY unit_id, day, edition_id`;

/** Anew from what stands one tier below, in place of what stands. */
export const foldUnitDays = async (db: EntityManager, days: readonly UnitDay[]): Promise<void> => {
  const keys = JSON.stringify(days);
  await db.query(
    `DELETE FROM unit_day USING json_populate_recordset(NULL::unit_day, $1) touched
     WHERE unit_day.unit_id = touched.unit_id AND unit_day.day = touched.day`,
    [keys],
  );
  await db.query(
    `INSERT INTO unit_day (unit_id, day, ${COLUMNS}) SELECT unit_id, day, ${COLUMNS} FROM (${FOLD}) folded`,
    [keys],
  );
};

/** Everything that had arrived by then is in the totals of units. */
export const unitsFreshAt = async (db: EntityManager): Promise<Date> => {
  const [row] = await db.query<[{ fresh_at: Date }]>(
    `SELECT least(coalesce((SELECT min(since) FROM unit_day_dirty), now()),
                  coalesce((SELECT min(since) FROM tracking_dirty), now())) AS fresh_at`,
  );
  return row.fresh_at;
};
