import type { UnitRecord, UnitRecordItem } from '#libs/contracts';
import { type AudienceRow, audienceOf, isTooSmall } from './audience.js';
import type { UnitPartRow, UnitTotalsRow } from './unit-breakdown.queries.js';

type Totals = Pick<UnitRecord, 'sessions' | 'audience' | 'byGrade' | 'minutesMs' | 'creditMs' | 'completions'>;

const headsOf = ({ a, b, c, d }: AudienceRow): number => a + b + c + d;

/** Of the whole unit. Without the right to names, small groups are not told. */
export const totalsOf = (row: UnitTotalsRow, mayName: boolean): Totals => ({
  ...audienceOf(row, mayName),
  creditMs: mayName || !isTooSmall(headsOf(row)) ? row.credit_ms : null,
  completions: mayName || !isTooSmall(row.completions) ? row.completions : null,
});

const NO_GRADES = { A: null, B: null, C: null, D: null };

/** Of one that adds up to the whole with others: its grades, too, could be reckoned from those of the whole. */
function partTotals(row: UnitPartRow, mayName: boolean): Totals {
  if (mayName) return totalsOf(row, true);
  const shown = row.hides_audience
    ? { audience: null, minutesMs: null, creditMs: null }
    : { audience: headsOf(row), minutesMs: row.minutes_ms, creditMs: row.credit_ms };
  const completions = row.hides_completions ? null : row.completions;
  return { sessions: row.sessions, byGrade: NO_GRADES, ...shown, completions };
}

export const partOfUnit = (row: UnitPartRow, mayName: boolean): UnitRecordItem => {
  const { id, name, under, kind } = row;
  return { id, name, under, kind, ...partTotals(row, mayName) };
};
