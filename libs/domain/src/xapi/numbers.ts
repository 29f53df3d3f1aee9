import { intersect, totalMs, type Interval } from '../tracking/intervals.js';

/** Seconds with at most three decimals: whole milliseconds are exact. */
export const secondsOf = (ms: number): number => ms / 1000;

/** `0.000[.]12.300[,]15.000[.]20.000` (Video Profile 1.0.3, played-segments). */
export const playedSegments = (segments: readonly Interval[]): string =>
  segments.map(([from, to]) => `${(from / 1000).toFixed(3)}[.]${(to / 1000).toFixed(3)}`).join('[,]');

/** The share of the length that was watched, rounded down to three decimals. */
export const progressOf = (segments: readonly Interval[], lengthMs: number): number =>
  Math.floor((totalMs(intersect(segments, [[0, lengthMs]])) * 1000) / lengthMs) / 1000;

/** ISO 8601, rounded down to the hundredth of a second that xAPI compares. */
export const isoDuration = (ms: number): string => `PT${Math.floor(ms / 10) / 100}S`;
