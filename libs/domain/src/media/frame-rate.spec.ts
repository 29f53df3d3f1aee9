import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rateOf, steadyRate } from './frame-rate.js';

describe('steadyRate', () => {
  it('keeps the rate of a steady source exactly', () => {
    const ntsc = { num: 30_000, den: 1001 };
    expect(steadyRate({ claimed: ntsc, average: 29.97, medianGap: 0.0333667 })).toEqual({
      frameRate: ntsc,
      variable: false,
    });
  });

  it('does not believe a claim that the frames contradict', () => {
    expect(steadyRate({ claimed: { num: 60, den: 1 }, average: 29.99, medianGap: 0.033 })).toEqual({
      frameRate: { num: 30, den: 1 },
      variable: false,
    });
  });

  it('halves 120 frames a second', () => {
    const { frameRate } = steadyRate({ claimed: { num: 120, den: 1 }, average: 120, medianGap: 1 / 120 });
    expect(rateOf(frameRate)).toBe(60);
  });

  it('encodes a screen recording with gaps at its usual rate', () => {
    expect(steadyRate({ claimed: { num: 57_600, den: 1 }, average: 7.2, medianGap: 0.0332 })).toEqual({
      frameRate: { num: 30, den: 1 },
      variable: true,
    });
  });

  it('never goes above 60', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1000, noNaN: true }), (average) => {
        const { frameRate } = steadyRate({ claimed: null, average, medianGap: 1 / average });
        expect(rateOf(frameRate)).toBeLessThanOrEqual(60.001);
        expect(rateOf(frameRate)).toBeGreaterThan(0);
      }),
    );
  });
});
