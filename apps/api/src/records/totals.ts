import type { RecordPart, TotalsView } from '#libs/contracts';
import { type AudienceRow, audienceOf, isTooSmall } from './audience.js';
import type { HiddenRow, PartRow, TotalsRow } from './parts.queries.js';

const headsOf = ({ a, b, c, d }: AudienceRow): number => a + b + c + d;

/** Of a whole. Without the right to names, small groups are not told. */
export const totalsOf = (row: TotalsRow, mayName: boolean): TotalsView => ({
  ...audienceOf(row, mayName),
  creditMs: mayName || !isTooSmall(headsOf(row)) ? row.credit_ms : null,
  completions: mayName || !isTooSmall(row.completions) ? row.completions : null,
});

const NO_GRADES = { A: null, B: null, C: null, D: null };

/** Of one that adds up to the whole with others: its grades, too, could be reckoned from those of the whole. */
export function partTotals(row: HiddenRow, mayName: boolean): TotalsView {
  if (mayName) return totalsOf(row, true);
  const shown = row.hides_audience
    ? { audience: null, minutesMs: null, creditMs: null }
    : { audience: headsOf(row), minutesMs: row.minutes_ms, creditMs: row.credit_ms };
  const completions = row.hides_completions ? null : row.completions;
  return { sessions: row.sessions, byGrade: NO_GRADES, ...shown, completions };
}

export const recordPart = (row: PartRow, mayName: boolean): RecordPart => {
  const { id, name, under, kind } = row;
  return { id, name, under, kind, ...partTotals(row, mayName) };
};
