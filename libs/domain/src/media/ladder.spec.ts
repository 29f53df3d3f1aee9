import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displaySize, ladder } from './ladder.js';
import type { VideoFacts } from './source-facts.js';

const picture = (change: Partial<VideoFacts>): VideoFacts => ({
  index: 0,
  codec: 'h264',
  pixelFormat: 'yuv420p',
  width: 1920,
  height: 1080,
  pixelShape: { num: 1, den: 1 },
  rotation: 0,
  interlaced: false,
  transfer: 'sdr',
  matrix: 'bt709',
  fullRange: false,
  packets: 100,
  averageRate: 25,
  frameRate: { num: 25, den: 1 },
  variable: false,
  still: false,
  stillSegments: '',
  seekPointsMs: [],
  startMs: 0,
  endMs: 4_000,
  ...change,
});
const names = (video: VideoFacts): string[] => ladder(video).map(({ name }) => name);
const sizes = (video: VideoFacts): string[] => ladder(video).map(({ width, height }) => `${width}x${height}`);
const anyPicture = fc
  .record({
    width: fc.integer({ min: 16, max: 8192 }),
    height: fc.integer({ min: 16, max: 4320 }),
    rotation: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
    pixelShape: fc.constantFrom({ num: 1, den: 1 }, { num: 12, den: 11 }, { num: 3, den: 2 }, { num: 8, den: 9 }),
  })
  .map(picture);

describe('ladder', () => {
  it('gives a full ladder to 1080p', () => {
    expect(sizes(picture({}))).toEqual(['1920x1080', '1280x720', '854x480', '640x360', '426x240']);
  });

  it('never goes above the source', () => {
    fc.assert(
      fc.property(anyPicture, (video) => {
        const shown = displaySize(video);
        for (const { width, height } of ladder(video)) {
          expect(width).toBeLessThanOrEqual(shown.width + 1);
          expect(height).toBeLessThanOrEqual(shown.height + 1);
        }
      }),
    );
  });

  it('makes even sizes only', () => {
    fc.assert(
      fc.property(anyPicture, (video) => {
        expect(ladder(video).every(({ width, height }) => width % 2 === 0 && height % 2 === 0)).toBe(true);
      }),
    );
  });

  it('names the short side of a portrait recording', () => {
    expect(sizes(picture({ rotation: 90 }))).toEqual(['1080x1920', '720x1280', '480x854', '360x640', '240x426']);
  });

  it('shows oblong pixels in their shape', () => {
    expect(sizes(picture({ width: 1280, height: 1080, pixelShape: { num: 3, den: 2 } }))[0]).toBe('1920x1080');
  });

  it('gives a source between two rungs the lower ones', () => {
    expect(names(picture({ width: 1080, height: 700 }))).toEqual(['480p', '360p', '240p']);
  });

  it('gives a source under 240 one rendition at its own size', () => {
    expect(ladder(picture({ width: 321, height: 181 }))).toEqual([
      { name: '181p', width: 322, height: 182, maxBps: 435_205, crf: 22.8 },
    ]);
  });
});
