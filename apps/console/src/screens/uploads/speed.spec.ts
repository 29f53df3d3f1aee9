import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addSample, speedOf, timeLeft, type Sample } from './speed';

const after = (...samples: Sample[]) => samples.reduce<Sample[]>(addSample, []);

describe('the speed of an upload', () => {
  it('is not told before there is a second to judge by', () => {
    expect(speedOf([])).toBeNull();
    expect(speedOf(after({ atMs: 0, bytes: 0 }, { atMs: 900, bytes: 5000 }))).toBeNull();
  });

  it('is that of the last ten seconds', () => {
    const samples = after(
      { atMs: 0, bytes: 0 },
      { atMs: 20_000, bytes: 9_000_000 },
      { atMs: 22_000, bytes: 9_002_000 },
    );
    expect(speedOf(samples)).toBe(1000);
  });

  it('starts anew when a retry falls back', () => {
    const samples = after({ atMs: 0, bytes: 0 }, { atMs: 2000, bytes: 4000 }, { atMs: 3000, bytes: 1000 });
    expect(samples).toEqual([{ atMs: 3000, bytes: 1000 }]);
  });

  it('of an even upload is its rate, whatever the moments of the samples', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 3 }),
        (rate, gaps) => {
          let atMs = 0;
          const samples = after(...gaps.map((gap) => ({ atMs: (atMs += gap), bytes: rate * atMs })));
          const speed = speedOf(samples);
          if (speed !== null) expect(speed / (rate * 1000)).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('tells how long the rest takes', () => {
    expect(timeLeft(3000, 1000)).toBe(3000);
  });
});
