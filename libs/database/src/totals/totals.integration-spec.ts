import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { createDataSource, foldUnits, rebuiltUnitDays, Site, Unit, type UnitDayRow } from '../index.js';

const UNITS = 7;
const SITES = 5;
const EDITIONS = 2;
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] as const;
const SPELL = { from: '2026-01-01', to: '2026-12-31' };

let database: DataSource;
const ids = (count: number) => Array.from({ length: count }, () => uuidv7());
const [units, sites, editions] = [ids(UNITS), ids(SITES), ids(EDITIONS)];
beforeAll(async () => {
  database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  for (const id of units) await database.manager.insert(Unit, { id, name: id, kind: 'county' });
  for (const id of sites) await database.manager.insert(Site, { id, name: id, unitId: units[UNITS - 1] ?? '' });
});
afterAll(() => database.destroy());
const empty = () => database.query(`TRUNCATE unit_parent, site_day, unit_day, unit_day_dirty`);
beforeEach(empty);

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('The list is empty.');
  return found;
};

/** What a derivation does when a day of a site comes out anew. */
const siteChanges = (site: number, day: number, edition: number, count: number) =>
  database.transaction(async (db) => {
    const key = [at(sites, site), at(DAYS, day), at(editions, edition)];
    await db.query(`DELETE FROM site_day WHERE site_id = $1 AND day = $2 AND edition_id = $3`, key);
    if (count > 0) {
      await db.query(
        `INSERT INTO site_day (site_id, day, edition_id, sessions, audience_a, audience_b, audience_c, audience_d,
           minutes_ms, credit_ms, completions) VALUES ($1, $2, $3, $4, $4, 0, 1, 2, $4 * 1000, $4 * 900, $4)`,
        [...key, count],
      );
    }
    await db.query(`INSERT INTO unit_day_dirty (site_id, day) VALUES ($1, $2)`, key.slice(0, 2));
  });

/** From a day on, a unit stands below another; a circle is refused by the tree. */
const unitMoves = (child: number, parent: number, day: number) =>
  database
    .transaction(async (db) => {
      const [unit, above, from] = [at(units, child), at(units, parent), at(DAYS, day)];
      await db.query(`DELETE FROM unit_parent WHERE unit_id = $1 AND from_date >= $2`, [unit, from]);
      await db.query(`UPDATE unit_parent SET to_date = $2 WHERE unit_id = $1 AND (to_date IS NULL OR to_date > $2)`, [
        unit,
        from,
      ]);
      await db.query(`INSERT INTO unit_parent (unit_id, from_date, parent_id) VALUES ($1, $2, $3)`, [
        unit,
        from,
        above,
      ]);
    })
    .catch((error: unknown) => expect(String(error)).toContain('above itself'));

const siteMoves = (site: number, unit: number) =>
  database.query(`UPDATE site SET unit_id = $2 WHERE id = $1`, [at(sites, site), at(units, unit)]);

const standing = async (): Promise<UnitDayRow[]> => {
  const rows = await database.query<{ row: UnitDayRow }[]>(
    `SELECT to_json(unit_day) AS row FROM unit_day ORDER BY unit_id, day, edition_id`,
  );
  return rows.map(({ row }) => row);
};
const settle = async () => {
  while ((await foldUnits(database, 3)) > 0);
};

const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(SITES - 1), fc.nat(3), fc.nat(1), fc.nat(9)).map((c) => () => siteChanges(...c)),
  },
  // A parent has a lower number: a circle over the days cannot come of it.
  {
    weight: 2,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: UNITS - 1 }), fc.nat(UNITS - 1), fc.nat(3)).map(
      ([child, parent, day]) =>
        () =>
          unitMoves(child, parent % child, day),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.nat(SITES - 1), fc.nat(UNITS - 1)).map((c) => () => siteMoves(...c)) },
  { weight: 2, arbitrary: fc.constant(() => foldUnits(database, 3)) },
);

describe('the totals of units', () => {
  it('are what would be built from nothing, after any changes in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 25 }), async (changes) => {
        await empty();
        for (const apply of changes) await apply();
        await settle();
        expect(await standing()).toEqual(await rebuiltUnitDays(database.manager, SPELL));
      }),
      { numRuns: 25 },
    );
  });

  it('follow the tree of each day, and can be built by the tree of any other', async () => {
    const [centre, north, south, village] = units as [string, string, string, string];
    for (const unit of [1, 2]) await unitMoves(unit, 0, 0);
    await unitMoves(3, 1, 0);
    await unitMoves(3, 2, 2);
    await siteMoves(0, 3);
    for (const day of [0, 1, 2, 3]) await siteChanges(0, day, 0, 1);
    await settle();
    const sessionsOf = async (unitId: string, treeOf?: string) => {
      const rows = treeOf
        ? await rebuiltUnitDays(database.manager, { ...SPELL, treeOf }, unitId)
        : (await standing()).filter((row) => row.unit_id === unitId);
      return rows.map(({ day, sessions }) => `${day.slice(-2)}:${sessions}`).join(' ');
    };
    expect(await sessionsOf(north)).toBe('01:1 02:1');
    expect(await sessionsOf(south)).toBe('03:1 04:1');
    expect(await sessionsOf(centre)).toBe(await sessionsOf(village));
    expect(await sessionsOf(north, '2026-03-01')).toBe('01:1 02:1 03:1 04:1');
    expect(await sessionsOf(south, '2026-03-01')).toBe('');
  });

  it('have what was watched before a unit was entered under its first parent', async () => {
    await database.query(`INSERT INTO unit_parent (unit_id, from_date, parent_id) VALUES ($1, '2026-06-01', $2)`, [
      units[1],
      units[0],
    ]);
    await siteMoves(0, 1);
    await siteChanges(0, 0, 0, 3);
    await settle();
    expect(await standing()).toMatchObject([{ sessions: 3 }, { sessions: 3 }]);
  });

  it('wait for a tree that is being changed, so that nothing is folded by two trees', async () => {
    await siteMoves(0, 1);
    await siteChanges(0, 0, 0, 1);
    await database.transaction(async (db) => {
      await db.query(`INSERT INTO unit_parent (unit_id, from_date, parent_id) VALUES ($1, '2026-01-01', $2)`, [
        units[1],
        units[0],
      ]);
      expect(await foldUnits(database, 10)).toBe(0);
    });
    await settle();
    expect(await standing()).toHaveLength(2);
  });
});
