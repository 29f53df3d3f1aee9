import type { DataSource, EntityManager } from 'typeorm';
import {
  foldUnitDays,
  takeFolding,
  takeUnitDays,
  unitDaysAbove,
  type TouchedUnitDay,
  type UnitDay,
} from './unit-day.queries.js';

/**
 * Brings the totals of units up to date with those of their sites: up the tree of each day, tier by tier, each from the one
 * below. Gives the number of changes that were taken, at most `limit`; none while another process folds.
 */
export const foldUnits = (database: DataSource, limit: number): Promise<number> =>
  database.transaction(async (db) => {
    if (!(await takeFolding(db))) return 0;
    const { taken, days } = await takeUnitDays(db, limit);
    await foldUp(db, days);
    return taken;
  });

/** Within a transaction that folds. */
export async function foldUp(db: EntityManager, days: readonly UnitDay[]): Promise<void> {
  for (const tier of tiersOf(await unitDaysAbove(db, days))) await foldUnitDays(db, tier);
}

/** What stands above waits for what stands below. */
function tiersOf(touched: readonly TouchedUnitDay[]): UnitDay[][] {
  const tiers: UnitDay[][] = [];
  for (const { height, unit_id, day } of touched) (tiers[height] ??= []).push({ unit_id, day });
  return tiers.filter((tier) => tier.length > 0);
}
