import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkPlan, segmentMs } from './chunk-plan.js';

describe('chunkPlan', () => {
  it('is one chunk for the whole edition when no length is asked for', () => {
    expect(chunkPlan(61_234)).toEqual([{ index: 0, fromMs: 0, toMs: 61_234 }]);
  });

  it('covers the edition without gap or overlap, on the grid of segments', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000 }), fc.integer({ min: 1, max: 50 }), (durationMs, segments) => {
        const chunks = chunkPlan(durationMs, segments * segmentMs);
        expect(chunks[0]?.fromMs).toBe(0);
        expect(chunks.at(-1)?.toMs).toBe(durationMs);
        for (const [at, { index, fromMs, toMs }] of chunks.entries()) {
          expect(index).toBe(at);
          expect(fromMs % segmentMs).toBe(0);
          expect(toMs).toBe(chunks[at + 1]?.fromMs ?? durationMs);
        }
      }),
    );
  });
});
