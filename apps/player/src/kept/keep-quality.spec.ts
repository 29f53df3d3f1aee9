import { describe, expect, it } from '@jest/globals';
import { blobsOf, bytesOf, inQuality, keepQualities, keptLines, type KeepQuality } from './keep-quality.js';
import { playlistsOf } from './kept-playlists.js';
import { manifest } from './kept-stage.js';
import { bytesIn, sizeWords } from './sizes.js';

const bytesKept = (quality: KeepQuality, room?: number) => bytesOf(blobsOf(inQuality(manifest, quality, room)));

describe('a quality to keep', () => {
  it('is the sound, or the best picture of no more lines, and for the best what there is room for', () => {
    const lines = keepQualities.map((quality) => keptLines(inQuality(manifest, quality)));
    expect(lines).toEqual([0, 240, 240, 720]);
    expect(keptLines(inQuality(manifest, 'best', 2000))).toBe(240);
    expect(bytesKept('audio')).toBe(118);
    expect(bytesKept('240')).toBe(328);
    expect(bytesKept('best')).toBe(2128);
  });

  it('takes what was told before', () => {
    const sizes = {
      ...{ lectureId: 'lecture', besideBytes: 8, soundBytes: 110 },
      pictures: [
        { lines: 720, bytes: 2010 },
        { lines: 240, bytes: 210 },
      ],
    };
    for (const quality of keepQualities)
      expect([quality, bytesIn(sizes, quality)]).toEqual([quality, bytesKept(quality)]);
  });

  it('is fetched small things first, then the sound, then the picture', () => {
    expect(blobsOf(inQuality(manifest, '240')).map(({ bytes }) => bytes)).toEqual([3, 5, 10, 50, 50, 10, 100, 100]);
  });

  it('has playlists that name nothing but what is kept', () => {
    for (const quality of keepQualities) {
      const kept = inQuality(manifest, quality);
      const playlists = playlistsOf(kept);
      const names = new Set(kept.blobs.map(({ sha256 }) => sha256));
      const text = [...playlists.values()].join('\n');
      const named = [...text.matchAll(/\/media\/edition\/([0-9a-f]{64})\./g)].map(([, sha256]) => sha256 ?? '');
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((sha256) => !names.has(sha256))).toEqual([]);
      const files = [...(playlists.get('master.m3u8') ?? '').matchAll(/^(?:#.*URI=")?([\w-]+\.m3u8)"?$/gm)];
      expect(files.map(([, file]) => playlists.has(file ?? ''))).toEqual(files.map(() => true));
    }
  });

  it('is told in words that round up', () => {
    expect(sizeWords(1_230_001, 'en')).toBe('1.3 MB');
    expect(sizeWords(12_000_001, 'en')).toBe('13 MB');
    expect(sizeWords(999, 'en')).toBe('999 byte');
  });
});
