import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { intersect, shift, subtract, totalMs, union, type Interval } from './index.js';

const intervals = fc.array(
  fc.tuple(fc.nat(200), fc.nat(60)).map(([from, length]): Interval => [from, from + length]),
  { maxLength: 12 },
);

/** The plain model: the set of all milliseconds. */
const milliseconds = (list: readonly Interval[]): Set<number> =>
  new Set(list.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index)));
const sorted = (set: Iterable<number>) => [...set].sort((a, b) => a - b);

describe('intervals', () => {
  it('join where they touch', () => {
    expect(union([[5, 9], [0, 5]])).toEqual([[0, 9]]); // prettier-ignore
  });

  it('are the same as sets of milliseconds', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const [left, right] = [milliseconds(a), milliseconds(b)];
        expect(totalMs(a)).toBe(left.size);
        expect(sorted(milliseconds(union(a)))).toEqual(sorted(left));
        expect(sorted(milliseconds(intersect(a, b)))).toEqual(sorted([...left].filter((ms) => right.has(ms))));
        expect(sorted(milliseconds(subtract(a, b)))).toEqual(sorted([...left].filter((ms) => !right.has(ms))));
      }),
    );
  });

  it('have one form, whatever the order and the repeats', () => {
    fc.assert(fc.property(intervals, (a) => expect(union([...a.toReversed(), ...a])).toEqual(union(a))));
  });

  it('keep their length when shifted', () => {
    fc.assert(fc.property(intervals, fc.integer(), (a, by) => expect(totalMs(shift(a, by))).toBe(totalMs(a))));
  });
});
