import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../errors.js';
import { acceptSource, sourceLimits } from './accept-source.js';
import type { SourceFacts, VideoFacts } from './source-facts.js';

const video: VideoFacts = {
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
  packets: 2500,
  averageRate: 25,
  frameRate: { num: 25, den: 1 },
  variable: false,
  still: false,
  stillSegments: '',
  seekPointsMs: [],
  startMs: 0,
  endMs: 100_000,
};
const lecture: SourceFacts = {
  format: 'mov',
  bytes: 20_000_000,
  streams: 2,
  headerDurationMs: 100_000,
  heldMs: 100_000,
  packetBytes: 19_900_000,
  attachedPictureOnly: false,
  video,
  audio: null,
};
const refusal = (facts: SourceFacts): string | undefined => {
  try {
    acceptSource(facts);
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.code : 'another error';
  }
};
const withVideo = (change: Partial<VideoFacts>): SourceFacts => ({ ...lecture, video: { ...video, ...change } });

describe('acceptSource', () => {
  it('takes an ordinary lecture', () => {
    expect(refusal(lecture)).toBeUndefined();
  });

  it('takes a recording whose header names no duration', () => {
    expect(refusal({ ...lecture, headerDurationMs: null })).toBeUndefined();
  });

  it('takes a recording that begins an hour late on its own clock', () => {
    expect(refusal({ ...lecture, headerDurationMs: 3_700_000, heldMs: 3_700_000 })).toBeUndefined();
  });

  it('takes a file that ends a second before its header says', () => {
    expect(refusal({ ...lecture, headerDurationMs: 101_000 })).toBeUndefined();
  });

  it.each<[string, SourceFacts, string]>([
    ['no video track', { ...lecture, video: null }, 'source-no-video'],
    ['a cover picture only', { ...lecture, video: null, attachedPictureOnly: true }, 'source-no-video'],
    ['a video track without a frame', { ...withVideo({ packets: 0 }), headerDurationMs: null }, 'source-empty'],
    ['an index without the frames', withVideo({ packets: 0 }), 'source-incomplete'],
    ['a picture whose size cannot be read', withVideo({ width: 0, height: 0 }), 'source-unreadable'],
    ['a picture of one pixel', withVideo({ width: 1, height: 1 }), 'source-too-small'],
    ['a picture beyond 8192', withVideo({ width: 8192, height: 8192 }), 'source-too-large'],
    ['100000 frames a second', withVideo({ averageRate: 100_000 }), 'source-frame-rate'],
    ['more than 12 hours', { ...withVideo({ endMs: 13 * 3_600_000 }), headerDurationMs: null }, 'source-too-long'],
    ['a header that claims 136 years', { ...lecture, headerDurationMs: 4_294_967_280_000 }, 'source-duration-mismatch'],
    ['half of what the header claims', { ...lecture, headerDurationMs: 200_000 }, 'source-incomplete'],
    ['65 tracks', { ...lecture, streams: sourceLimits.maxStreams + 1 }, 'source-too-many-streams'],
    ['the same bytes again and again', { ...lecture, packetBytes: 60_000_000 }, 'source-too-costly'],
    ['more pixels than four hours of 2160p60', withVideo({ packets: 4_000_000 }), 'source-too-costly'],
  ])('refuses %s', (_, facts, code) => {
    expect(refusal(facts)).toBe(code);
  });
});
