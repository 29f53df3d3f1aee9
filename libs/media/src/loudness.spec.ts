import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gainFor, integratedLoudness } from './loudness-gate.js';
import { loudnessWindows } from './loudness-windows.js';

const lufs = fc.double({ min: -120, max: 0, noNaN: true });
const silence = fc.double({ min: -120, max: -70, noNaN: true });

describe('integrated loudness', () => {
  it('of even sound is that of any of its blocks', () => {
    fc.assert(
      fc.property(fc.double({ min: -69, max: 0, noNaN: true }), fc.integer({ min: 1, max: 50 }), (level, count) => {
        expect(integratedLoudness(Array<number>(count).fill(level))).toBeCloseTo(level, 6);
      }),
    );
  });

  it('is an average of powers, not of decibels', () => {
    expect(integratedLoudness([-20, -26])).toBeCloseTo(-22.04, 2);
  });

  it('leaves out pauses, and silence altogether', () => {
    fc.assert(
      fc.property(fc.array(lufs, { minLength: 1 }), fc.array(silence), (blocks, pauses) => {
        expect(integratedLoudness([...pauses, ...blocks])).toEqual(integratedLoudness(blocks));
      }),
    );
    expect(integratedLoudness([-20, -20, -45])).toBeCloseTo(-20, 6);
  });

  it('of silence there is none, and nothing is made louder', () => {
    expect(gainFor(integratedLoudness([-120, -71]))).toBe(0);
    expect(gainFor(integratedLoudness([]))).toBe(0);
  });

  it('asks for a gain that leads to -18 LUFS, within what sound can bear', () => {
    expect(gainFor(-23)).toBe(5);
    expect(gainFor(-12)).toBe(-6);
    expect(gainFor(-60)).toBe(20);
    expect(gainFor(3)).toBe(-15);
  });
});

describe('the windows that are listened to', () => {
  const sound = (startMs: number, endMs: number) => ({
    ...{ index: 1, codec: 'aac', channels: 2, language: 'und' },
    ...{ startMs, endMs },
  });
  const hour = 3_600_000;
  const everyTwoSeconds = Array.from({ length: hour / 2_000 }, (_, at) => at * 2_000);

  it('are all of a short lecture', () => {
    expect(loudnessWindows(sound(1_500, 40_000), [])).toEqual([{ fromMs: 1_500, lengthMs: 38_500 }]);
  });

  it('lie in the middle of each fifth of a long one', () => {
    expect(loudnessWindows(sound(0, hour), everyTwoSeconds)).toEqual(
      [354, 1_074, 1_794, 2_514, 3_234].map((seconds) => ({ fromMs: seconds * 1_000, lengthMs: 12_000 })),
    );
  });

  it('are one when decoding can begin at the beginning only', () => {
    expect(loudnessWindows(sound(0, hour), [])).toEqual([{ fromMs: 60_000, lengthMs: 60_000 }]);
  });

  it('never take more than a minute, lie within the sound, and need little to be decoded before them', () => {
    const sounds = fc.tuple(fc.nat(hour), fc.nat(12 * hour)).map(([from, length]) => sound(from, from + length));
    const points = fc.array(fc.nat(12 * hour)).map((times) => times.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(sounds, points, (audio, seekPointsMs) => {
        const windows = loudnessWindows(audio, seekPointsMs);
        expect(windows.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBeLessThanOrEqual(60_000);
        for (const { fromMs, lengthMs } of windows) {
          const pointMs = seekPointsMs.findLast((point) => point <= fromMs) ?? 0;
          if (windows.length > 1) expect(fromMs - pointMs).toBeLessThanOrEqual(60_000);
          expect(fromMs + lengthMs).toBeLessThanOrEqual(audio.endMs);
        }
      }),
    );
  });
});
