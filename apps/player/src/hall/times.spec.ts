import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cameAt, type TimesOf, wentAt, wholeMinutes } from './times.js';

const NOBODY: TimesOf = {};

describe('when somebody came and went', () => {
  it('counts from the moment at which the lecture began to play', () => {
    const came = cameAt(NOBODY, 'ana', 400_000, 100_000);
    expect(came).toEqual({ ana: { lateMs: 300_000 } });
    expect(wentAt(came, 'ana', 700_000, 100_000)).toEqual({ ana: { lateMs: 300_000, leftAfterMs: 600_000 } });
  });

  it('makes nobody late who is there before', () => {
    expect(cameAt(NOBODY, 'ana', 400_000, undefined)).toEqual({ ana: { lateMs: 0 } });
    expect(cameAt(NOBODY, 'ana', 400_000, 500_000)).toEqual({ ana: { lateMs: 0 } });
  });

  it('forgets that somebody went who has come back, and not how late they were at first', () => {
    const step = fc.record({ comes: fc.boolean(), afterMs: fc.nat(10_000_000) });
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.array(step), (first, steps) => {
        let times = cameAt(NOBODY, 'ana', first, 0);
        for (const { comes, afterMs } of steps) times = (comes ? cameAt : wentAt)(times, 'ana', afterMs, 0);
        const last = steps.at(-1);
        expect(times['ana']?.lateMs).toBe(first);
        expect(times['ana']?.leftAfterMs).toBe(last && !last.comes ? last.afterMs : undefined);
      }),
    );
  });

  it('is said in whole minutes, rounded down', () => {
    expect([59_999, 60_000, 719_999].map(wholeMinutes)).toEqual([0, 1, 11]);
  });
});
