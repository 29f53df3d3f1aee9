import { union, type Interval } from '#libs/domain';

/** Intervals as PostgreSQL writes an `int8multirange`, and back. */
export const multirangeOf = (intervals: readonly Interval[]): string =>
  `{${union(intervals)
    .map(([from, to]) => `[${from},${to})`)
    .join(',')}}`;

export const intervalsOf = (multirange: string): Interval[] =>
  [...multirange.matchAll(/\[(-?\d+),(-?\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to)]);
