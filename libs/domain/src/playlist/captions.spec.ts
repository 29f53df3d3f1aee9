import { describe, expect, it } from '@jest/globals';
import { captionDocument, growingSubtitles, subtitleGroup, subtitlePlaylist } from './captions.js';

const caption = { name: 'captions-zh-CN', language: 'zh-CN', label: '中文', sha256: 'ab', bytes: 90 };

describe('captions', () => {
  it('HLS-V08: begin with WEBVTT and the map of times, whatever line ends they came with', () => {
    expect(captionDocument('\uFEFFWEBVTT - lecture\r\n\r\n00:01.000 --> 00:02.500\r\nHello')).toBe(
      'WEBVTT - lecture\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:01.000 --> 00:02.500\nHello',
    );
  });

  it('have one map of times, however often they are served', () => {
    const once = captionDocument('WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000 line:0\n你好\n');
    expect(captionDocument(once)).toBe(once);
  });

  it.each([
    ['no header', '00:01.000 --> 00:02.000\nHello', 'Line 1'],
    ['SubRip times', 'WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello', 'Line 3'],
    ['an end before its start', 'WEBVTT\n\n00:05.000 --> 00:02.000\nHello', 'Line 3'],
    ['no cue', 'WEBVTT\n\nNOTE nothing here', 'no cue'],
    ['a NUL', 'WEBVTT\n\n00:01.000 --> 00:02.000\n\0', 'NUL'],
  ])('are refused with %s, saying where', (_, text, where) => {
    expect(() => captionDocument(text)).toThrow(where);
  });

  const picture = {
    kind: 'video' as const,
    name: '240p',
    codecs: 'avc1',
    timescale: 1000,
    initSha256: 'i',
    width: 426,
    height: 240,
    frameRate: 25,
    segments: [4000, 4000, 1500].map((durationTicks) => ({ durationTicks, sha256: 's', bytes: 1 })),
  };
  const address = (file: string) => `/media/e/${file}?token=t`;

  it('HLS-V07: last as long as the picture, in one segment', () => {
    const playlist = subtitlePlaylist(caption, picture, address);
    expect(playlist).toContain('#EXT-X-TARGETDURATION:10\n');
    expect(playlist).toContain('#EXTINF:9.500000,\n/media/e/ab.vtt?token=t\n#EXT-X-ENDLIST');
  });

  it('HLS-M02: grow with a picture that grows, and end with it', () => {
    const begun = { ...picture, segments: picture.segments.slice(0, 2) };
    const [begin, end] = [
      growingSubtitles(caption, begun, false, address),
      growingSubtitles(caption, picture, true, address),
    ];
    expect(begin).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n');
    expect(end.startsWith(begin)).toBe(true);
    expect(end.slice(begin.length)).toBe('#EXTINF:1.500000,\n/media/e/ab.vtt?token=t\n#EXT-X-ENDLIST\n');
  });

  it('HLS-V05: have different names in their group', () => {
    const group = subtitleGroup([caption, { ...caption, name: 'captions-zh-TW', language: 'zh-TW' }], (file) => file);
    expect(group.map((line) => /NAME="([^"]*)"/.exec(line)?.[1])).toEqual(['中文 (zh-CN)', '中文 (zh-TW)']);
  });
});
