import type { EntityManager } from 'typeorm';
import { foldUp } from '../totals/fold-units.js';
import { awaitFolding, FOLD } from '../totals/unit-day.queries.js';
import { differentRows } from './compare.queries.js';
import { daysBy, percentOf, type Key, type Part } from './part.js';

const { daysOf, keysIn, comparison } = daysBy('unit_id');
const json = (keys: readonly Key[]): string => JSON.stringify(daysOf(keys));

/** All days on which a unit, a site of it or a unit that then stood under it has something. */
const DAYS = `
  SELECT unit_id, day::text FROM (
    SELECT unit_id, day FROM unit_day WHERE unit_id = $1
    UNION
    SELECT site.unit_id, day FROM site JOIN site_day ON site_day.site_id = site.id WHERE site.unit_id = $1
    UNION
    SELECT link.parent_id, day FROM unit_parent link JOIN unit_day ON unit_day.unit_id = link.unit_id
    WHERE link.parent_id = $1 AND unit_parent_on(link.unit_id, day) = $1
  ) days
  WHERE $2::date IS NULL OR day > $2 ORDER BY day LIMIT $3`;

const nextUnit = async (db: EntityManager, after: string | null): Promise<string | null> => {
  const [row] = await db.query<[{ id: string | null }]>(
    `SELECT least((SELECT id FROM unit WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT 1),
                  (SELECT unit_id FROM unit_day WHERE $1::uuid IS NULL OR unit_id > $1 ORDER BY unit_id LIMIT 1)) AS id`,
    [after],
  );
  return row.id;
};

/** Unit by unit; never of two at once. */
async function after(db: EntityManager, key: Key | null, limit: number): Promise<Key[]> {
  let unitId = key?.[0] ?? (await nextUnit(db, null));
  let day = key?.[1] ?? null;
  while (unitId) {
    const keys = await keysIn(db, DAYS, [unitId, day, limit]);
    if (keys.length > 0) return keys;
    unitId = await nextUnit(db, unitId);
    day = null;
  }
  return [];
}

/** The days of units, from those of their sites and of the units below. */
export const unitDays: Part = {
  kind: 'unit-day',
  atOnce: 200,
  after,
  sample: async (db, about) =>
    keysIn(
      db,
      `(SELECT DISTINCT unit_id, day::text FROM unit_day TABLESAMPLE SYSTEM ($1) LIMIT $3)
       UNION (SELECT DISTINCT site.unit_id, day::text FROM site_day TABLESAMPLE SYSTEM ($2)
              JOIN site ON site.id = site_day.site_id LIMIT $3)`,
      [await percentOf(db, 'unit_day', about), await percentOf(db, 'site_day', about), about],
    ),
  waiting: (db, keys) =>
    keysIn(
      db,
      `SELECT unit_id, day::text FROM json_populate_recordset(NULL::unit_day, $1) asked
       WHERE EXISTS (SELECT FROM unit_day_dirty changed LEFT JOIN site ON site.id = changed.site_id
                     WHERE coalesce(changed.unit_id, site.unit_id) = asked.unit_id AND changed.day = asked.day)`,
      [json(keys)],
    ),
  differences: (db, keys) => differentRows(db, comparison('unit_day', FOLD), [json(keys)]),
  write: (database, keys) =>
    database.transaction(async (db) => {
      await awaitFolding(db);
      await foldUp(db, daysOf(keys));
    }),
};
