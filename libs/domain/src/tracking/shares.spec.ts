import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { subtract, totalMs, type Interval } from './intervals.js';
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

  const interval = fc.tuple(fc.nat(500), fc.nat(100)).map(([from, length]): Interval => [from, from + length]);
  const part = fc.record({ watched: fc.array(interval), played: fc.array(interval) });

  it('is the part of it that lies in none before, for all sessions', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const before = (index: number, of: 'watched' | 'played') => parts.slice(0, index).flatMap((one) => one[of]);
        expect(sharesOf(parts)).toEqual(
          parts.map(({ watched, played }, index) => ({
            addedCoveredMs: totalMs(subtract(watched, before(index, 'watched'))),
            addedMinutesMs: totalMs(subtract(played, before(index, 'played'))),
          })),
        );
      }),
    );
  });

  it('is told of a thousand days at once', () => {
    const DAY_MS = 86_400_000;
    const days = Array.from({ length: 1000 }, (_, day) => ({
      watched: [],
      played: Array.from({ length: 20 }, (__, n): Interval => [
        day * DAY_MS + n * 60_000,
        day * DAY_MS + n * 60_000 + 50_000,
      ]),
    }));
    expect(sharesOf(days).every(({ addedMinutesMs }) => addedMinutesMs === 1_000_000)).toBe(true);
  });

  it('sums to the whole, in whatever order', () => {
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
