import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HlsAsset } from '../../../../test/support/hls/asset.js';
import { growingRules } from '../../../../test/support/hls/growing-rules.js';
import { maxBpsOf } from '../media/ladder.js';
import { averageBps, peakBps } from './bit-rate.js';
import { growingPlaylist } from './media-playlist.js';
import { multivariantPlaylist } from './multivariant-playlist.js';
import { growingTarget, soundAlone, type AudioTrack, type PlaylistTrack, type VideoTrack } from './rendition.js';

const timescale = 3_200;
const ticks = fc.integer({ min: 12_500, max: 13_100 });

/** What has been encoded of a lecture so far: the livelier, the further above what the encoder aims at. */
const begun = fc
  .record({
    heights: fc.subarray([1080, 720, 480, 360, 240], { minLength: 1 }),
    pieces: fc.array(fc.record({ durationTicks: ticks, bytes: fc.integer({ min: 300, max: 4_000_000 }) }), {
      ...{ minLength: 1, maxLength: 12 },
    }),
    sound: fc.boolean(),
  })
  .map(({ heights, pieces, sound }): PlaylistTrack[] => {
    const segments = (track: string, share: number) =>
      pieces.map(({ durationTicks, bytes }, at) => ({
        ...{ sha256: `${track}-${at}`, durationTicks, bytes: Math.ceil(bytes / share) },
      }));
    const pictures = heights.map((height, at): VideoTrack => ({
      ...{ kind: 'video', name: `${height}p`, codecs: 'avc1.64001f', width: height * 2, height, frameRate: 25 },
      ...{ timescale, initSha256: 'init', segments: segments(`${height}`, at + 1) },
    }));
    const audio: AudioTrack = {
      ...{ kind: 'audio', name: 'audio', codecs: 'mp4a.40.2', channels: 1, timescale, initSha256: 'init' },
      segments: pieces.map(({ durationTicks }, at) => ({ sha256: `audio-${at}`, durationTicks, bytes: 32_000 + at })),
    };
    return [...pictures, ...(sound ? [audio] : [])];
  });

const master = (tracks: readonly PlaylistTrack[]): string =>
  multivariantPlaylist(tracks, { language: 'en', growing: true }, (file) => file);

const asGrown = (tracks: readonly PlaylistTrack[], ended: boolean): HlsAsset => {
  const named = [...tracks, ...tracks.filter(({ kind }) => kind === 'audio').map((t) => ({ ...t, name: soundAlone }))];
  return {
    multivariant: master(tracks),
    media: new Map(named.map((track) => [`${track.name}.m3u8`, growingPlaylist(track, ended, (file) => file)])),
    bytes: new Map(tracks.flatMap(({ segments }) => segments.map(({ sha256, bytes }) => [`${sha256}.m4s`, bytes]))),
  };
};

describe('while a lecture is encoded', () => {
  it.each(growingRules.map((rule) => [rule.id, rule.says, rule] as const))('%s: %s', (_, __, rule) => {
    fc.assert(
      fc.property(begun, fc.boolean(), (tracks, ended) => {
        expect(rule.broken(asGrown(tracks, ended))).toEqual([]);
      }),
    );
  });

  it('a rate is never under the measured peak of a picture, nor over the greater of that and what is aimed at', () => {
    fc.assert(
      fc.property(begun, (tracks) => {
        const pictures = tracks.filter((track) => track.kind === 'video');
        for (const track of pictures) {
          const [, peak, average] = /:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+),/.exec(master([track])) ?? [];
          const pieces = track.segments.map(({ durationTicks, bytes }) => ({
            seconds: durationTicks / timescale,
            bytes,
          }));
          const measured = peakBps(pieces, growingTarget);
          expect(Number(peak)).toBeGreaterThanOrEqual(measured);
          expect(Number(peak)).toBeLessThanOrEqual(Math.max(measured, maxBpsOf(track.height)));
          expect(Number(average)).toBeGreaterThanOrEqual(averageBps(pieces));
        }
      }),
    );
  });
});
