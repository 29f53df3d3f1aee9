import type { EntityManager } from 'typeorm';
import { SUMS_OF_DAYS } from './unit-day.queries.js';

/** A row of `unit_day`, as JSON has it. */
export interface UnitDayRow {
  readonly unit_id: string;
  readonly day: string;
  readonly edition_id: string | null;
  readonly sessions: number;
  readonly audience_a: number;
  readonly audience_b: number;
  readonly audience_c: number;
  readonly audience_d: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly completions: number;
}

/** Days from the first to the last, and by the tree of which date; without it, each by its own. */
export interface Rebuilding {
  readonly from: string;
  readonly to: string;
  readonly treeOf?: string;
}

/**
 * The totals of units over some days, built from those of the sites alone: each site's for every unit that stood above it.
 * What the worker keeps up to date is this, by the tree of each day.
 */
export const rebuiltUnitDays = async (
  db: EntityManager,
  { from, to, treeOf }: Rebuilding,
  unitId?: string,
): Promise<UnitDayRow[]> => {
  const rows = await db.query<{ row: UnitDayRow }[]>(
    `WITH RECURSIVE days AS (
       SELECT site.unit_id AS bottom_id, site_day.* FROM site_day JOIN site ON site.id = site_day.site_id
       WHERE day BETWEEN $1 AND $2
     ), up AS (
       SELECT bottom_id, day, bottom_id AS unit_id FROM days GROUP BY bottom_id, day
       UNION
       SELECT bottom_id, day, unit_parent_on(unit_id, coalesce($3::date, day)) FROM up
       WHERE unit_parent_on(unit_id, coalesce($3::date, day)) IS NOT NULL
     )
     SELECT to_json(total) AS row FROM (
       SELECT up.unit_id, day, edition_id, ${SUMS_OF_DAYS}
       FROM up JOIN days USING (bottom_id, day) WHERE $4::uuid IS NULL OR up.unit_id = $4
       GROUP BY up.unit_id, day, edition_id ORDER BY up.unit_id, day, edition_id) total`,
    [from, to, treeOf ?? null, unitId ?? null],
  );
  return rows.map(({ row }) => row);
};
