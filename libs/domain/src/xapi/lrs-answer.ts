/** What an answer of an LRS means for what was sent. */
export type LrsVerdict =
  /** It has them all. */
  | 'taken'
  /** Nothing of it was kept, for the sake of some statement in it: each half is to be tried alone. */
  | 'split'
  /** Nothing was kept; the same may be sent later. */
  | 'later'
  /** It will not take anything until somebody mends the settings. */
  | 'stop';

const LATER = new Set([408, 425, 429]);
/** Whole batches are refused for one bad or one known statement, and for their size (xAPI 1.0.3, part 3, 3.2). */
const SPLIT = new Set([400, 409, 413]);

export function lrsVerdictOf(status: number): LrsVerdict {
  if (status === 200 || status === 204) return 'taken';
  if (SPLIT.has(status)) return 'split';
  return status >= 500 || LATER.has(status) ? 'later' : 'stop';
}

/** A statement alone that the LRS has under its id is there: ids are derived from all that is said. */
export const isKnown = (status: number): boolean => status === 409;

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
const LONGEST_ASKED_MS = 60 * 60_000;

/** How long to wait after so many failures in a row; never shorter than asked for. `random`: 0 to 1, so that nobody comes in step. */
export function waitAfter(failures: number, askedMs: number, random: number): number {
  const longest = Math.min(FIRST_MS * 2 ** Math.min(failures, 20), LONGEST_MS);
  const asked = Math.min(askedMs, LONGEST_ASKED_MS);
  return Math.round(asked + longest * (0.5 + random / 2));
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs);
}
