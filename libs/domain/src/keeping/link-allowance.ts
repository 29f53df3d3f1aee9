/** What a site's link allows, as its staff has entered it. */
export interface LinkRules {
  /** `HH:MM-HH:MM` by the site's clocks, over midnight when it ends before it begins; null for any hour. */
  readonly hours: string | null;
  /** Millions of bytes in a calendar month; null for any number. */
  readonly mbPerMonth: number | null;
  /** IANA name */
  readonly timeZone: string;
}

/** Whether bytes may be fetched over the link now. */
export type LinkAllowance =
  | {
      readonly mayFetch: true;
      /** Infinity without a limit. */
      readonly bytesLeft: number;
      /** When to ask again at the latest: the hours end, or the month does. */
      readonly untilMs: number;
    }
  | {
      readonly mayFetch: false;
      readonly because: 'hours' | 'month';
      /** When it may be asked again. */
      readonly nextMs: number;
    };

const MB = 1_000_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** By then every month is over, and every window of hours has been open. */
const FAR_MS = 33 * DAY_MINUTES * MINUTE_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...fields });
  clocks.set(timeZone, clock);
  return clock;
}

/** `month` is `YYYY-MM`; `minute` is that of the day. */
function localTime(wallMs: number, timeZone: string): { readonly month: string; readonly minute: number } {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(wallMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return { month: `${part('year')}-${part('month')}`, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** The month, `YYYY-MM`, whose megabytes are used at this moment. */
export const monthOf = (wallMs: number, timeZone: string): string => localTime(wallMs, timeZone).month;

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The same time twice is the whole day. */
function isWithin(minute: number, hours: string | null): boolean {
  if (hours === null) return true;
  const [from, to] = [minuteOf(hours.slice(0, 5)), minuteOf(hours.slice(6))];
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * The first whole minute after `wallMs` at which the state is another. Clocks that change make days of other lengths, so
 * minutes are looked at, not reckoned: in steps first, then one by one.
 */
function changeAfter(wallMs: number, stateAt: (ms: number) => unknown, stepMinutes: number): number {
  const now = stateAt(wallMs);
  const start = Math.floor(wallMs / MINUTE_MS) * MINUTE_MS;
  const step = stepMinutes * MINUTE_MS;
  let before = start;
  while (stateAt(before + step) === now && before - start < FAR_MS) before += step;
  if (before - start >= FAR_MS) return before;
  let after = before + MINUTE_MS;
  while (stateAt(after) === now) after += MINUTE_MS;
  return after;
}

/**
 * What may be fetched over a site's link at this moment.
 *
 * @param usedBytes in the month that {@link monthOf} names
 */
export function linkAllowance(
  { hours, mbPerMonth, timeZone }: LinkRules,
  usedBytes: number,
  nowMs: number,
): LinkAllowance {
  const isOpen = (ms: number) => isWithin(localTime(ms, timeZone).minute, hours);
  const monthEndsAt = () => changeAfter(nowMs, (ms) => monthOf(ms, timeZone), 720);
  const bytesLeft = mbPerMonth === null ? Infinity : Math.max(0, mbPerMonth * MB - usedBytes);
  if (bytesLeft === 0) {
    const endMs = monthEndsAt();
    return { mayFetch: false, because: 'month', nextMs: isOpen(endMs) ? endMs : changeAfter(endMs, isOpen, 1) };
  }
  // A window of hours may be shorter than any step but a minute.
  if (!isOpen(nowMs)) return { mayFetch: false, because: 'hours', nextMs: changeAfter(nowMs, isOpen, 1) };
  const closesMs = hours === null ? Infinity : changeAfter(nowMs, isOpen, 1);
  return { mayFetch: true, bytesLeft, untilMs: mbPerMonth === null ? closesMs : Math.min(closesMs, monthEndsAt()) };
}
