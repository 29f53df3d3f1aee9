import { subtract, totalMs, union, type Interval } from './intervals.js';

/** What one session gave a learner for one edition: media seen, and wall clock played. */
export interface Part {
  readonly watched: readonly Interval[];
  readonly played: readonly Interval[];
}

/** What a session added that the sessions before it had not given, in whole milliseconds. */
export interface Share {
  readonly addedCoveredMs: number;
  readonly addedMinutesMs: number;
}

const NOTHING = { seen: [] as Interval[], spent: [] as Interval[], shares: [] as Share[] };

/**
 * How coverage and minutes came together, session by session in the order given. What each added sums to the total,
 * since nothing counts twice.
 */
export const sharesOf = (parts: readonly Part[]): Share[] =>
  parts.reduce(
    ({ seen, spent, shares }, { watched, played }) => ({
      seen: union([...seen, ...watched]),
      spent: union([...spent, ...played]),
      shares: [
        ...shares,
        { addedCoveredMs: totalMs(subtract(watched, seen)), addedMinutesMs: totalMs(subtract(played, spent)) },
      ],
    }),
    NOTHING,
  ).shares;
