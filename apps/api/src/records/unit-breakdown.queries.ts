import type { UnitBreakdown } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { Language } from '../http/language.js';
import {
  categoryParts,
  dayParts,
  lectureParts,
  type PageOfParts,
  pageOfParts,
  partColumns,
  type PartRow,
  type TotalsRow,
  UNIT_DAYS,
} from './parts.queries.js';
import { TOTALS, within } from './sums.queries.js';

/** A unit over some days, both included; null: without end. */
export interface UnitSpell {
  readonly unitId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export const unitTotals = async (db: EntityManager, { unitId, from, to }: UnitSpell): Promise<TotalsRow> => {
  const [row] = await db.query<[TotalsRow]>(
    `SELECT ${TOTALS} FROM unit_day WHERE unit_id = $1 AND ${within('day')} AND edition_id IS NULL`,
    [unitId, from, to],
  );
  return row;
};

/** Each unit for the days on which it stood under this one; those that stand there today with nothing, too. */
const UNITS = `
  SELECT ${partColumns({ id: 'child.id', name: 'child.name', kind: 'child.kind', sort: 'child.name' })}
  FROM (SELECT unit_id, bool_or(to_date IS NULL) AS is_present FROM unit_parent WHERE parent_id = $1 GROUP BY unit_id) link
  JOIN unit child ON child.id = link.unit_id
  LEFT JOIN unit_day ON unit_day.unit_id = child.id AND edition_id IS NULL AND ${within('day')}
    AND unit_parent_on(child.id, day) = $1
  GROUP BY child.id HAVING bool_or(link.is_present) OR count(unit_day.day) > 0`;

const SITES = `
  SELECT ${partColumns({ id: 'site.id', name: 'site.name', sort: 'site.name' })}
  FROM site LEFT JOIN site_day ON site_day.site_id = site.id AND edition_id IS NULL AND ${within('day')}
  WHERE site.unit_id = $1 GROUP BY site.id`;

const breakdownOf = (by: UnitBreakdown, language: Language): string =>
  ({
    unit: UNITS,
    site: SITES,
    lecture: lectureParts(UNIT_DAYS),
    day: dayParts(UNIT_DAYS),
    category: categoryParts(UNIT_DAYS, language),
  })[by];

export interface PartsOf extends UnitSpell, Pick<PageOfParts, 'after' | 'limit'> {
  readonly by: UnitBreakdown;
  readonly language: Language;
}

/** `limit + 1` of them. */
export const unitParts = (db: EntityManager, { unitId, by, language, ...page }: PartsOf): Promise<PartRow[]> =>
  pageOfParts(db, breakdownOf(by, language), { id: unitId, ...page });
