import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalMs, type Interval } from './intervals.js';
import { sharesOf } from './shares.js';

describe('the share of each session', () => {
  it('is what the sessions before it had not given', () => {
    const first = { watched: [[0, 100]], played: [[1000, 1100]] } as const;
    const again = { watched: [[50, 150]], played: [[5000, 5100]] } as const;
    const beside = { watched: [[200, 300]], played: [[5000, 5100]] } as const;
    expect(sharesOf([first, again, beside])).toEqual([
      { addedCoveredMs: 100, addedMinutesMs: 100 },
      { addedCoveredMs: 50, addedMinutesMs: 100 },
      { addedCoveredMs: 100, addedMinutesMs: 0 },
    ]);
  });

  it('sums to the whole, in whatever order', () => {
    const interval = fc.tuple(fc.nat(500), fc.nat(100)).map(([from, length]): Interval => [from, from + length]);
    const part = fc.record({ watched: fc.array(interval), played: fc.array(interval) });
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const shares = sharesOf(parts);
        const sum = (of: 'addedCoveredMs' | 'addedMinutesMs') => shares.reduce((total, share) => total + share[of], 0);
        expect(sum('addedCoveredMs')).toBe(totalMs(parts.flatMap(({ watched }) => watched)));
        expect(sum('addedMinutesMs')).toBe(totalMs(parts.flatMap(({ played }) => played)));
      }),
    );
  });
});
