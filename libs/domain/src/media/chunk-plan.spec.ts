import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkPlan, seekPointFor, segmentMs } from './chunk-plan.js';

const every = (gapMs: number, durationMs: number): number[] =>
  Array.from({ length: Math.ceil(durationMs / gapMs) }, (_, index) => index * gapMs);
const lengths = (durationMs: number, seekPointsMs: readonly number[]): number[] =>
  chunkPlan(durationMs, seekPointsMs).map(({ fromMs, toMs }) => toMs - fromMs);

describe('chunkPlan', () => {
  it('makes a short first chunk, others of about a minute, and ever shorter ones towards the end', () => {
    expect(lengths(400_000, every(2_000, 400_000)).map((ms) => ms / 1000)).toEqual([
      12, 60, 60, 60, 52, 36, 28, 20, 16, 16, 16, 16, 8,
    ]);
  });

  it('begins a chunk where a key frame lies near', () => {
    expect(chunkPlan(200_000, [0, 8_000, 58_000, 106_000]).map(({ fromMs }) => fromMs)).toEqual([
      0, 8_000, 60_000, 108_000, 124_000,
    ]);
  });

  it('makes one chunk of a source that is short, or cannot be sought', () => {
    expect(lengths(15_000, every(2_000, 15_000))).toEqual([15_000]);
    expect(lengths(3_600_000, [])).toEqual([3_600_000]);
  });

  it('lets chunks grow where key frames are rare', () => {
    expect(lengths(400_000, [0, 300_000])).toEqual([8_000, 292_000, 20_000, 80_000]);
  });

  it('covers the edition without gap or overlap, on the grid of segments, with little to decode before each chunk', () => {
    const gaps = fc.array(fc.integer({ min: 20, max: 90_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000 }), gaps, (durationMs, steps) => {
        let at = 0;
        const points = [0, ...steps.map((step) => (at += step))];
        const chunks = chunkPlan(durationMs, points);
        expect(chunks[0]?.fromMs).toBe(0);
        expect(chunks.at(-1)?.toMs).toBe(durationMs);
        for (const [place, { index, fromMs, toMs }] of chunks.entries()) {
          expect(index).toBe(place);
          expect(fromMs % segmentMs).toBe(0);
          expect(toMs).toBe(chunks[place + 1]?.fromMs ?? durationMs);
          expect(toMs).toBeGreaterThan(fromMs);
          expect(fromMs - (seekPointFor(fromMs, points) ?? fromMs)).toBeLessThanOrEqual(20_000);
        }
      }),
    );
  });
});
