import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { thumbnailAt, thumbnailTrack } from './index.js';

const geometry = { width: 800, height: 450, tileWidth: 160, tileHeight: 90, tileMs: 10_000 };
/** 25 pictures each. */
const sheets = [0, 250_000].map((fromMs) => ({ ...geometry, fromMs }));

describe('a thumbnail', () => {
  it('is found by its row and column', () => {
    expect(thumbnailAt(sheets, 0)).toMatchObject({ sheet: { fromMs: 0 }, x: 0, y: 0 });
    expect(thumbnailAt(sheets, 49_999)).toMatchObject({ sheet: { fromMs: 0 }, x: 640, y: 0 });
    expect(thumbnailAt(sheets, 50_000)).toMatchObject({ sheet: { fromMs: 0 }, x: 0, y: 90 });
    expect(thumbnailAt(sheets, 262_000)).toMatchObject({ sheet: { fromMs: 250_000 }, x: 160, y: 0 });
  });

  it('of a lecture without pictures is none', () => {
    expect(thumbnailAt([], 1_000)).toBeUndefined();
  });

  it('never lies outside its sheet, whatever the moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 9_000_000 }), (ms) => {
        const { x = NaN, y = NaN } = thumbnailAt(sheets, ms) ?? {};
        expect(x >= 0 && x + geometry.tileWidth <= geometry.width).toBe(true);
        expect(y >= 0 && y + geometry.tileHeight <= geometry.height).toBe(true);
      }),
    );
  });
});

describe('the track of thumbnails', () => {
  it('covers the lecture without gap or overlap, each cue with its rectangle', () => {
    const track = thumbnailTrack(sheets, 265_500, ({ fromMs }) => `/sheet-${fromMs}.jpg`);
    const cues = track.trimEnd().split('\n\n').slice(1);
    expect(track.startsWith('WEBVTT\n\n')).toBe(true);
    expect(cues).toHaveLength(27);
    expect(cues[0]).toBe('00:00:00.000 --> 00:00:10.000\n/sheet-0.jpg#xywh=0,0,160,90');
    expect(cues[24]).toBe('00:04:00.000 --> 00:04:10.000\n/sheet-0.jpg#xywh=640,360,160,90');
    expect(cues[26]).toBe('00:04:20.000 --> 00:04:25.500\n/sheet-250000.jpg#xywh=160,0,160,90');
  });
});
