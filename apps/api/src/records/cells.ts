import { shownRatio } from '#libs/domain';
import { WITHHELD } from '../http/csv.js';
import { type AudienceRow, audienceOf } from './audience.js';
import type { RecordLine } from './headings.js';

/** Rounded down to a tenth: 59 999 ms is "0.9", never "1.0". */
export const shownMinutes = (ms: number): string => {
  const tenths = Math.floor(ms / 6000);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
};

interface Credit {
  readonly covered_ms: number;
  readonly length_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly complete: boolean;
}

/** What a learner has of an edition, each duration in minutes for people and in ms for machines. */
export const creditCells = ({ covered_ms, length_ms, minutes_ms, credit_ms, complete }: Credit): RecordLine => ({
  coverage: shownRatio(covered_ms, length_ms),
  covered_minutes: shownMinutes(covered_ms),
  covered_ms,
  length_minutes: shownMinutes(length_ms),
  length_ms,
  watched_minutes: shownMinutes(minutes_ms),
  watched_ms: minutes_ms,
  credit_minutes: shownMinutes(credit_ms),
  credit_ms,
  complete,
});

/** For those who see no names: a line a grade, small groups not told. */
export function countsByGrade(row: AudienceRow): RecordLine[] {
  const { byGrade } = audienceOf(row, false);
  return (['A', 'B', 'C', 'D'] as const).map((grade) => ({ grade, people: byGrade[grade] ?? WITHHELD }));
}
