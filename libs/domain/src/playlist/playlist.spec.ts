import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hlsRules } from '../../../../test/support/hls-conformance.js';
import type { HlsAsset } from '../../../../test/support/hls-asset.js';
import { mediaPlaylist } from './media-playlist.js';
import { multivariantPlaylist } from './multivariant-playlist.js';
import { targetDuration, type AudioTrack, type PlaylistTrack, type VideoTrack } from './rendition.js';

const address = (file: string): string => `${file}?token=abc`;

/** Renditions of one lecture: the same cuts for every picture, sound of the same length. */
const lecture = fc
  .record({
    rungs: fc.constantFrom(1, 2, 5),
    cuts: fc.array(fc.integer({ min: 12_000, max: 13_000 }), { maxLength: 20 }),
    last: fc.integer({ min: 100, max: 12_800 }),
    bytes: fc.array(fc.integer({ min: 500, max: 2_000_000 }), { minLength: 126, maxLength: 126 }),
    sound: fc.boolean(),
  })
  .map(({ rungs, cuts, last, bytes, sound }): PlaylistTrack[] => {
    const ticks = [...cuts, last];
    const segments = (track: number) =>
      ticks.map((durationTicks, index) => ({
        sha256: `${track}-${index}`,
        bytes: bytes[track * 21 + index] ?? 500,
        durationTicks,
      }));
    const shared = { timescale: 3_200, initSha256: 'init' };
    const pictures = [1080, 720, 480, 360, 240].slice(-rungs).map((height, track): VideoTrack => ({
      ...{ ...shared, kind: 'video', name: `${height}p`, codecs: 'avc1.64001f' },
      ...{ width: (height * 16) / 9, height, frameRate: 25, segments: segments(track) },
    }));
    const audio: AudioTrack = {
      ...{ ...shared, kind: 'audio', name: 'audio', codecs: 'mp4a.40.2', channels: 1, segments: segments(5) },
    };
    return [...pictures, ...(sound ? [audio] : [])];
  });

const publish = (tracks: readonly PlaylistTrack[]): HlsAsset => ({
  multivariant: multivariantPlaylist(tracks, 'en', address),
  media: new Map(
    tracks.map((track) => [address(`${track.name}.m3u8`), mediaPlaylist(track, targetDuration(tracks), address)]),
  ),
  bytes: new Map(
    tracks.flatMap(({ segments }) => segments.map(({ sha256, bytes }) => [address(`${sha256}.m4s`), bytes])),
  ),
});

describe('the playlists of any lecture', () => {
  it.each(hlsRules.map((rule) => [rule.id, rule.says, rule] as const))('%s: %s', (_, __, rule) => {
    fc.assert(
      fc.property(lecture, (tracks) => {
        expect(rule.broken(publish(tracks))).toEqual([]);
      }),
    );
  });
});

const track = (height: number, kbps: number): VideoTrack => ({
  ...{ kind: 'video', name: `${height}p`, codecs: 'avc1.640028', width: (height * 16) / 9, height, frameRate: 25 },
  ...{ timescale: 1, initSha256: 'init' },
  segments: [{ sha256: `s${height}`, bytes: kbps * 500, durationTicks: 4 }],
});
const firstUri = (...tracks: VideoTrack[]): string | undefined =>
  multivariantPlaylist(tracks, 'en', (file) => file)
    .split('\n')
    .find((line) => line.endsWith('.m3u8'));

describe('multivariantPlaylist', () => {
  it('begins with what a weak machine on 2 Mbit/s can play', () => {
    expect(firstUri(track(1080, 5000), track(720, 2500), track(480, 1200), track(360, 800))).toBe('480p.m3u8');
  });

  it('begins with the least when nothing fits', () => {
    expect(firstUri(track(1080, 9000), track(720, 5000))).toBe('720p.m3u8');
  });

  it('ends with sound alone, under 192 kbit/s', () => {
    const audio: AudioTrack = {
      ...{ kind: 'audio', name: 'audio', codecs: 'mp4a.40.2', channels: 1, timescale: 48_000, initSha256: 'i' },
      segments: [{ sha256: 'a', bytes: 32_500, durationTicks: 192_000 }],
    };
    const text = multivariantPlaylist([track(360, 800), audio], 'zh', (file) => file);
    expect(text.split('\n').slice(-3, -1)).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=65000,AVERAGE-BANDWIDTH=65000,CODECS="mp4a.40.2",CLOSED-CAPTIONS=NONE,AUDIO="audio"',
      'audio.m3u8',
    ]);
  });

  it('carries the token in every address', () => {
    const asset = publish([track(360, 800)]);
    const addresses = [asset.multivariant, ...asset.media.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(addresses.every((line) => line.endsWith('?token=abc'))).toBe(true);
  });
});
