import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isKnown, retryAfterMs, lrsVerdictOf, waitAfter } from './lrs-answer.js';

describe('XAPI-03, XAPI-04: the answer of an LRS', () => {
  it.each([
    [200, 'taken'],
    [204, 'taken'],
    [400, 'split'],
    [409, 'split'],
    [413, 'split'],
    [408, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
    [401, 'stop'],
    [403, 'stop'],
    [404, 'stop'],
    [302, 'stop'],
  ] as const)('%i: %s', (status, verdict) => {
    expect(lrsVerdictOf(status)).toBe(verdict);
  });

  it('of a statement alone that is known already is as good as taken', () => {
    expect([isKnown(409), isKnown(400)]).toEqual([true, false]);
  });
});

describe('the wait after a failure', () => {
  it('is never shorter than asked for, never without end, and not the same for all', () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.nat(10_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, asked, random) => {
          const wait = waitAfter(failures, asked, random);
          expect(wait).toBeGreaterThanOrEqual(Math.min(asked, 3_600_000));
          expect(wait).toBeLessThanOrEqual(3_600_000 + 300_000);
        },
      ),
    );
    expect([0, 1, 2, 3, 20].map((failures) => waitAfter(failures, 0, 1))).toEqual([1000, 2000, 4000, 8000, 300_000]);
    expect(waitAfter(3, 0, 0)).toBe(4000);
  });

  it('is told in seconds or as a date', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:01:00 GMT', now)).toBe(60_000);
    expect([null, 'soon', 'Thu, 01 Jan 2015 00:01:00 GMT'].map((header) => retryAfterMs(header, now))).toEqual([
      0, 0, 0,
    ]);
  });
});
