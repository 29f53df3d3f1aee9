import { creditOf } from '../tracking/credit.js';
import { union, type Interval } from '../tracking/intervals.js';
import type { Piece } from './pieces.js';

/** What has been told of one learner and one edition: what the profile wants repeated, over all their sessions. */
export interface Registration {
  /** Media, in the order in which it was told. */
  readonly segments: readonly Interval[];
  /** Wall clock spent on it, as a union. */
  readonly spent: readonly Interval[];
  readonly complete: boolean;
}

export const NEW_REGISTRATION: Registration = { segments: [], spent: [], complete: false };

/** Every pause repeats all segments; somebody who has seen more separate ones than these is told of no further. */
export const MAX_SEGMENTS = 300;

/** The list in the order of time, until it is too long: then its union, whose numbers are still among those told. */
const withSegment = (segments: readonly Interval[], segment: Interval): readonly Interval[] =>
  segments.length < MAX_SEGMENTS ? [...segments, segment] : union([...segments, segment]);

/** With what was seen between two pauses. */
export const withRun = (registration: Registration, run: readonly Piece[]): Registration => {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return registration;
  return {
    ...registration,
    segments: withSegment(registration.segments, [first.fromMs, last.toMs]),
    spent: union([...registration.spent, [first.wallFromMs, last.wallToMs]]),
  };
};

/** Rule 8, on what was told. */
export const isCompletedBy = ({ segments, spent }: Registration, lengthMs: number): boolean =>
  creditOf(segments, spent, lengthMs).complete;
