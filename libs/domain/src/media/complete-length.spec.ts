import { describe, expect, it } from '@jest/globals';
import { completeLengthMs, type RenditionLength } from './complete-length.js';
import type { Rung } from './ladder.js';
import type { AcceptedFacts, AudioFacts, VideoFacts } from './source-facts.js';

const video: VideoFacts = {
  ...{ index: 0, codec: 'h264', pixelFormat: 'yuv420p', width: 1280, height: 720, pixelShape: { num: 1, den: 1 } },
  ...{ rotation: 0, interlaced: false, transfer: 'sdr', matrix: 'bt709', fullRange: false, packets: 250 },
  ...{ averageRate: 25, frameRate: { num: 25, den: 1 }, variable: false, still: false, stillSegments: '000' },
  ...{ seekPointsMs: [], startMs: 0, endMs: 10_000 },
};
const audio: AudioFacts = { index: 1, codec: 'aac', channels: 2, language: 'und', startMs: 0, endMs: 10_000 };
const facts: AcceptedFacts = {
  ...{ format: 'mov', bytes: 1_000, streams: 2, headerDurationMs: 10_000, heldMs: 10_000, packetBytes: 1_000 },
  ...{ attachedPictureOnly: false, video, audio },
};
const rung = (name: string): Rung => ({ name, width: 2, height: 2, maxBps: 1, crf: 23 });
const rungs = [rung('720p'), rung('240p')];
const whole = (name: string, kind: 'video' | 'audio' = 'video'): RenditionLength => ({
  ...{ name, kind, segments: 3, lastIndex: 2, seconds: 10 },
});
const all = [whole('720p'), whole('240p'), whole('audio', 'audio')];
const verdict = (lengths: readonly RenditionLength[], of: AcceptedFacts = facts): number | string => {
  try {
    return completeLengthMs(of, rungs, lengths);
  } catch (error) {
    expect(error).toMatchObject({ code: 'verify-failed' });
    return (error as Error).message;
  }
};
const but = (name: string, change: Partial<RenditionLength>) =>
  all.map((length) => (length.name === name ? { ...length, ...change } : length));

describe('an encode is complete', () => {
  it('when every planned rendition has every segment, and all are of one length', () => {
    expect(verdict(all)).toBe(10_000);
  });

  it('though its sound is shorter by less than anybody hears', () => {
    expect(verdict(but('audio', { seconds: 9.9 }))).toBe(10_000);
  });

  it('though there is one more rendition, which nobody has planned', () => {
    expect(verdict([...all, whole('480p')])).toBe(10_000);
  });
});

describe('an encode is not complete', () => {
  it.each([
    ['without a segment in its middle', but('240p', { segments: 2 }), '240p has a gap'],
    ['without the first segment', but('720p', { segments: 2, lastIndex: 2, seconds: 6 }), '720p has a gap'],
    ['without one segment at all', but('720p', { segments: 0, lastIndex: null, seconds: 0 }), '720p has a gap'],
    ['without a planned rendition', all.slice(1), '720p has a gap'],
    ['without its sound', all.slice(0, 2), 'audio has a gap'],
    [
      'when one picture ends early',
      but('240p', { segments: 2, lastIndex: 1, seconds: 8 }),
      '240p ends 2000 ms too early',
    ],
    ['when its sound ends early', but('audio', { seconds: 9.8 }), 'audio ends 200 ms too early'],
    ['when all of it is too short', all.map((each) => ({ ...each, seconds: 9 })), 'it lasts 9000 ms'],
    ['when all of it is too long', all.map((each) => ({ ...each, seconds: 11 })), 'it lasts 11000 ms'],
  ])('%s', (_, lengths, what) => {
    expect(verdict(lengths)).toBe(`The encode is not complete: ${what}.`);
  });
});
