import type { Interval } from './intervals.js';

/** A part of an interval that lies in one local day, `YYYY-MM-DD`. */
export interface DayPart {
  readonly day: string;
  readonly interval: Interval;
}

const LONGEST_DAY_MS = 50 * 3_600_000;
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  const calendar =
    known ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  if (!known) calendars.set(timeZone, calendar);
  return calendar;
}

/** The local day of a moment, `YYYY-MM-DD`. */
export const dayOf = (wallMs: number, timeZone: string): string => calendarOf(timeZone).format(wallMs);

/** The first millisecond after `wallMs` that is another day: where clocks change, midnight is not where arithmetic has it. */
function endOfDay(wallMs: number, timeZone: string): number {
  const day = dayOf(wallMs, timeZone);
  let [inside, outside] = [wallMs, wallMs + LONGEST_DAY_MS];
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (dayOf(middle, timeZone) === day) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** Rule 6: minutes belong to a day of the site's time zone. */
export function splitByDay(played: readonly Interval[], timeZone: string): DayPart[] {
  const parts: DayPart[] = [];
  for (const [start, end] of played) {
    for (let from = start; from < end;) {
      const day = dayOf(from, timeZone);
      const to = dayOf(end - 1, timeZone) === day ? end : Math.min(end, endOfDay(from, timeZone));
      parts.push({ day, interval: [from, to] });
      from = to;
    }
  }
  return parts;
}
