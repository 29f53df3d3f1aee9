import { describe, expect, it } from '@jest/globals';
import { rateOf, segmentMs, type AcceptedFacts, type Ratio, type VideoFacts } from '#libs/domain';
import fc from 'fast-check';
import { frameAt, frameCount, startOfGrid, stretchOf } from './frame-grid.js';

const facts = (change: Partial<VideoFacts>): AcceptedFacts => ({
  ...{ format: 'mov', bytes: 1, streams: 1, headerDurationMs: null, heldMs: 1, packetBytes: 1 },
  ...{ attachedPictureOnly: false, audio: null },
  video: {
    ...{ index: 0, codec: 'h264', pixelFormat: 'yuv420p', width: 640, height: 360, pixelShape: { num: 1, den: 1 } },
    ...{ rotation: 0, interlaced: false, transfer: 'sdr', matrix: 'bt709', fullRange: false, packets: 1 },
    ...{ averageRate: 25, frameRate: { num: 25, den: 1 }, variable: false, still: false, stillSegments: '' },
    ...{ seekPointsMs: [], startMs: 0, endMs: 40_000, ...change },
  },
});
const chunk = (fromSegment: number, toSegment: number) => ({
  ...{ index: 0, fromMs: fromSegment * segmentMs, toMs: toSegment * segmentMs },
});

describe('repeated frames are looked for', () => {
  const decimated = (video: Partial<VideoFacts>, from: number, to: number) =>
    stretchOf(facts(video), chunk(from, to)).decimated;

  it('in the chunks that are still, of a lecture in which most is', () => {
    const half = { still: true, stillSegments: '1111100000' };
    expect(decimated(half, 0, 5)).toBe(true);
    expect(decimated(half, 5, 10)).toBe(false);
    expect(decimated(half, 4, 8)).toBe(true);
    expect(decimated(half, 4, 9)).toBe(false);
  });

  it('nowhere in a lecture that is a camera’s', () => {
    expect(decimated({ still: false, stillSegments: '1000000000' }, 0, 3)).toBe(false);
  });

  it('wherever frames come at uneven times: making them even has repeated some', () => {
    expect(decimated({ variable: true, stillSegments: '0000000000' }, 0, 5)).toBe(true);
  });
});

const rates = fc.constantFrom<Ratio>(
  ...[5, 12.5, 15, 24, 25, 30, 50, 60].map((rate) => ({ num: rate * 2, den: 2 })),
  ...[24_000, 30_000, 60_000].map((num) => ({ num, den: 1001 })),
);
const edition = fc.record({
  frameRate: rates,
  endMs: fc.integer({ min: 100, max: 400_000 }),
  still: fc.boolean(),
  cuts: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 8 }),
});

describe('the chunks of any edition', () => {
  it('have every frame once, and where pictures come unevenly the first of the next chunk besides', () => {
    fc.assert(
      fc.property(edition, ({ frameRate, endMs, still, cuts }) => {
        const inside = cuts.map((cut) => cut * segmentMs).filter((at) => at <= endMs - segmentMs);
        const starts = [0, ...inside.toSorted((a, b) => a - b)];
        const of = facts({ frameRate, endMs, still });
        const stretches = starts.map((fromMs, index) =>
          stretchOf(of, { index, fromMs, toMs: starts[index + 1] ?? endMs }),
        );
        let next = 0;
        for (const { firstFrame, endFrame, lines, last } of stretches) {
          expect(firstFrame).toBe(next);
          next = lines.at(-1) ?? Number.NaN;
          expect(endFrame - next).toBe(still && !last ? 1 : 0);
          expect([...lines]).toEqual([...new Set(lines)].toSorted((a, b) => a - b));
        }
        expect(next).toBe(frameCount(frameRate, endMs));
      }),
    );
  });

  it('count from a whole second at which a frame begins exactly, not after their own first', () => {
    fc.assert(
      fc.property(edition, fc.nat(99), ({ frameRate }, segment) => {
        const fromMs = segment * segmentMs;
        const { seconds, frames } = startOfGrid(
          frameRate,
          stretchOf(facts({ frameRate }), chunk(segment, segment + 1)),
        );
        expect(Number.isInteger(frames)).toBe(true);
        expect(frames).toBeCloseTo(seconds * rateOf(frameRate), 6);
        expect(frames).toBeLessThanOrEqual(Math.max(0, frameAt(frameRate, fromMs)));
      }),
    );
  });
});
