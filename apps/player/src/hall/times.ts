/** When somebody came and went, after the lecture began to play in this session; as the site's record will have it. */
export interface Times {
  readonly lateMs: number;
  /** None: still here. */
  readonly leftAfterMs?: number | undefined;
}

export type TimesOf = Readonly<Record<string, Times>>;

/** @param startedMs when it began to play, on the clock of `atMs`; undefined: not yet, so nobody is late. */
const sinceMs = (atMs: number, startedMs: number | undefined): number =>
  startedMs === undefined ? 0 : Math.max(0, Math.round(atMs - startedMs));

/** Who comes back is no later than they were the first time. */
export function cameAt(times: TimesOf, learnerId: string, atMs: number, startedMs: number | undefined): TimesOf {
  const before = times[learnerId];
  return { ...times, [learnerId]: { lateMs: before?.lateMs ?? sinceMs(atMs, startedMs) } };
}

export function wentAt(times: TimesOf, learnerId: string, atMs: number, startedMs: number | undefined): TimesOf {
  const lateMs = times[learnerId]?.lateMs ?? 0;
  return { ...times, [learnerId]: { lateMs, leftAfterMs: sinceMs(atMs, startedMs) } };
}

export const without = (times: TimesOf, learnerId: string): TimesOf =>
  Object.fromEntries(Object.entries(times).filter(([id]) => id !== learnerId));

const MINUTE_MS = 60_000;

/** Whole minutes, rounded down; 0: not worth a word. */
export const wholeMinutes = (ms: number): number => Math.floor(ms / MINUTE_MS);
