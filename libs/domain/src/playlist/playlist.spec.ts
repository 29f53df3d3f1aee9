import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HlsAsset } from '../../../../test/support/hls/asset.js';
import { playlistRules } from '../../../../test/support/hls/playlist-rules.js';
import { subtitlePlaylist, type CaptionTrack } from './captions.js';
import { iframePlaylist, iframesName, iframeTracks } from './iframe-playlist.js';
import { mediaPlaylist } from './media-playlist.js';
import { multivariantPlaylist } from './multivariant-playlist.js';
import {
  soundAlone,
  targetDuration,
  trackSeconds,
  type AudioTrack,
  type PlaylistTrack,
  type SegmentPiece,
  type VideoTrack,
} from './rendition.js';

const address = (file: string): string => `${file}?token=abc`;

/** Renditions of one lecture: the same cuts for every picture, sound of the same length at the rate of speech. */
const renditions = fc
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
    const key = (piece: SegmentPiece) => ({ ...piece, keyBytes: Math.ceil(piece.bytes / 3) });
    const speech = (piece: SegmentPiece) => ({ ...piece, bytes: Math.round((piece.durationTicks / 3_200) * 8_200) });
    const shared = { timescale: 3_200, initSha256: 'init' };
    const pictures = [1080, 720, 480, 360, 240].slice(-rungs).map((height, track): VideoTrack => ({
      ...{ ...shared, kind: 'video', name: `${height}p`, codecs: 'avc1.64001f' },
      ...{ width: (height * 16) / 9, height, frameRate: 25, segments: segments(track).map(key) },
    }));
    const audio: AudioTrack = {
      ...{
        ...shared,
        kind: 'audio',
        name: 'audio',
        codecs: 'mp4a.40.2',
        channels: 1,
        segments: segments(5).map(speech),
      },
    };
    return [...pictures, ...(sound ? [audio] : [])];
  });

/** What is said in a second takes few bytes to write down. */
const captions = fc
  .record({ perSecond: fc.integer({ min: 1, max: 3_000 }), languages: fc.subarray(['en', 'zh-CN']) })
  .map(
    ({ perSecond, languages }) =>
      (tracks: readonly PlaylistTrack[]) =>
        languages.map((language, index): CaptionTrack => ({
          ...{ name: `captions-${language}`, language, label: 'Captions', sha256: language },
          bytes: Math.floor(perSecond * (index + 1) * (tracks[0] ? trackSeconds(tracks[0]) : 0)),
        })),
  );

function publish(tracks: readonly PlaylistTrack[], texts: readonly CaptionTrack[] = []): HlsAsset {
  const target = targetDuration(tracks);
  const media = [
    ...tracks.map((track) => [track.name, mediaPlaylist(track, target, address)] as const),
    ...tracks.slice(-1).map((track) => [soundAlone, mediaPlaylist(track, target, address)] as const),
    ...iframeTracks(tracks).map((track) => [iframesName(track), iframePlaylist(track, target, address)] as const),
    ...texts.flatMap((text) =>
      tracks.slice(0, 1).map((track) => [text.name, subtitlePlaylist(text, track, address)] as const),
    ),
  ];
  const files = [
    ...tracks.flatMap(({ segments }) => segments.map(({ sha256, bytes }) => [`${sha256}.m4s`, bytes] as const)),
    ...texts.map(({ sha256, bytes }) => [`${sha256}.vtt`, bytes] as const),
  ];
  return {
    multivariant: multivariantPlaylist(tracks, { language: 'en', captions: texts }, address),
    media: new Map(media.map(([name, text]) => [address(`${name}.m3u8`), text])),
    bytes: new Map(files.map(([name, bytes]) => [address(name), bytes])),
  };
}

describe('the playlists of any lecture', () => {
  it.each(playlistRules.map((rule) => [rule.id, rule.says, rule] as const))('%s: %s', (_, __, rule) => {
    fc.assert(
      fc.property(renditions, captions, (tracks, textsOf) => {
        expect(rule.broken(publish(tracks, textsOf(tracks)))).toEqual([]);
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
  multivariantPlaylist(tracks, { language: 'en' }, (file) => file)
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
    const text = multivariantPlaylist([track(360, 800), audio], { language: 'zh' }, (file) => file);
    expect(text.split('\n').slice(-3, -1)).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=65000,AVERAGE-BANDWIDTH=65000,CODECS="mp4a.40.2",CLOSED-CAPTIONS=NONE,AUDIO="audio"',
      'sound-alone.m3u8',
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

describe('I-frame playlists', () => {
  const measured = (height: number): VideoTrack => ({
    ...track(height, 800),
    segments: [{ sha256: `s${height}`, bytes: 40_000, durationTicks: 4, keyBytes: 10_000 }],
  });
  const names = (...heights: number[]) => iframeTracks(heights.map(measured)).map(({ name }) => name);

  it('are offered of the lowest rendition, and of the best up to 480 lines', () => {
    expect(names(1080, 720, 480, 360, 240)).toEqual(['240p', '480p']);
    expect(names(360, 240)).toEqual(['240p', '360p']);
    expect(names(240)).toEqual(['240p']);
    expect(names(1080, 720)).toEqual(['720p']);
  });

  it('are left out where a picture was never measured', () => {
    expect(iframeTracks([track(240, 300)])).toEqual([]);
    expect(multivariantPlaylist([track(240, 300)], { language: 'en' }, address)).not.toContain('I-FRAME');
  });

  it('HLS-V09: name the beginning of each segment, and the rate of that alone', () => {
    expect(iframePlaylist(measured(240), 4, address)).toContain(
      '#EXTINF:4.000000,\n#EXT-X-BYTERANGE:10000@0\ns240.m4s?token=abc\n#EXT-X-ENDLIST',
    );
    expect(multivariantPlaylist([measured(240)], { language: 'en' }, address)).toContain(
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=20000,AVERAGE-BANDWIDTH=20000,',
    );
  });
});
