/** A stretch of uninterrupted playing: media `[fromMs, toMs)` at `rate`, between two readings of the device's monotonic clock. */
export interface Span {
  readonly seq: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly clockFromMs: number;
  readonly clockToMs: number;
}

/** Why an item of a batch does not count (TRACKING.md rules 1 and 2); the last three are of its whole session. */
export const refusalCodes = [
  'malformed',
  'too-short',
  'faster-than-clock',
  'slower-than-clock',
  'beyond-the-end',
  'clock-overlap',
  'span-changed',
  'session-full',
  'not-yours',
  'session-changed',
  'session-folded',
  'unknown-edition',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Numbers that a session has for its spans: enough for two days in which somebody jumps every ten seconds. */
export const MAX_SPANS = 20_000;
/** How far a span may run past the end of the edition; the part past it is clipped. */
const OVERRUN_MS = 500;
const SHORTEST_MS = 250;
/** A clock runs 31 years and media 24 days at most: all arithmetic on them stays exact, and every reading is a date. */
export const MAX_CLOCK_MS = 1e12;
const MAX_MEDIA_MS = 2 ** 31 - 1;

const isWithin = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

export const isSeq = (seq: unknown): seq is number => typeof seq === 'number' && isWithin(seq, MAX_MEDIA_MS);
export const isClock = (reading: number): boolean => isWithin(reading, MAX_CLOCK_MS);

/** Rates are told apart, and reckoned with, by the thousandth. */
export const thousandths = (rate: number): number => Math.round(rate * 1000);

const isWellFormed = ({ seq, fromMs, toMs, rate, clockFromMs, clockToMs }: Span): boolean =>
  isSeq(seq) &&
  [fromMs, toMs].every((position) => isWithin(position, MAX_MEDIA_MS)) &&
  [clockFromMs, clockToMs].every(isClock) &&
  toMs > fromMs &&
  clockToMs > clockFromMs &&
  thousandths(rate) > 0 &&
  rate <= 4;

/** What the span itself breaks of rule 1, by the first clause that is broken; nothing when it is admissible on its own. */
export function faultOf(span: Span, lengthMs: number): RefusalCode | undefined {
  if (!isWellFormed(span)) return 'malformed';
  if (span.seq >= MAX_SPANS) return 'session-full';
  const clockMs = span.clockToMs - span.clockFromMs;
  if (clockMs < SHORTEST_MS) return 'too-short';
  // In microseconds of media, so that a rate such as 1.1 is exact.
  const expected = thousandths(span.rate) * clockMs;
  const surplus = (span.toMs - span.fromMs) * 1000 - expected;
  if (surplus > Math.max(50_000, expected / 100)) return 'faster-than-clock';
  if (-surplus > Math.max(1_000_000, expected / 20)) return 'slower-than-clock';
  if (span.fromMs >= lengthMs || span.toMs > lengthMs + OVERRUN_MS) return 'beyond-the-end';
  return undefined;
}
