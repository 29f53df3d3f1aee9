import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Lab } from '../../../test/support/lab.js';
import {
  lavfi,
  makeClip,
  movingClip,
  packetsOf,
  slidesClip,
  type ProbedPacket,
} from '../../../test/support/recordings.js';
import { encodeAudio, encodeChunk, Ffmpeg, type NamedRendition } from './index.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

let runs = 0;
const encodeAll = async (source: string) => {
  const facts = await lab.accepted(source);
  const into = (kind: string) => ({ source, facts, folder: join(lab.folder, `${kind}-${++runs}`) });
  const shares: number[] = [];
  const [chunk] = chunkPlan(sourceDurationMs(facts), []);
  if (!chunk) throw new Error('no chunk');
  const picture = { ...into('video'), rungs: ladder(facts.video), onProgress: (share: number) => shares.push(share) };
  const video = await encodeChunk(lab.ffmpeg, chunk, picture);
  const audio = facts.audio ? (await encodeAudio(lab.ffmpeg, facts.audio, into('audio'))).renditions : [];
  return { facts, shares, cpuMs: video.cpuMs, video: video.renditions, audio };
};
const lengthMs = (rendition: NamedRendition | undefined) =>
  rendition ? durations(rendition).reduce((sum, seconds) => sum + seconds, 0) * 1000 : 0;
const durations = ({ segments, track }: NamedRendition) =>
  segments.map(({ durationTicks }) => durationTicks / track.timescale);
/** Seconds after the first picture: ffprobe adds B-frames' delay to all times of a track without an edit list. */
const keyTimes = (packets: readonly ProbedPacket[]) =>
  packets.filter(({ key }) => key).map(({ pts }) => Number((pts - (packets[0]?.pts ?? 0)).toFixed(3)));

describe('a moving lecture', () => {
  let lecture: Awaited<ReturnType<typeof encodeAll>>;
  beforeAll(async () => {
    lecture = await encodeAll(await movingClip(lab.folder, 10));
  });

  it('comes out in every rung below its own size', () => {
    expect(lecture.video.map(({ name, track }) => [name, track.kind === 'video' ? track.height : 0])).toEqual([
      ['360p', 360],
      ['240p', 240],
    ]);
  });

  it('HLS-F03: is cut every four seconds, at an IDR picture, in every rendition', async () => {
    for (const rendition of lecture.video) {
      expect(durations(rendition)).toEqual([4, 4, 2]);
      expect(keyTimes(await packetsOf(await lab.joined(rendition), 'v'))).toEqual([0, 4, 8]);
    }
  });

  it('HLS-M03: begins and ends with its sound', async () => {
    const [sound] = lecture.audio;
    if (!sound) throw new Error('no sound');
    expect(sound.track).toMatchObject({ kind: 'audio', codecs: 'mp4a.40.2', channels: 1, timescale: 48_000 });
    expect(lengthMs(sound)).toBeCloseTo(10_000, -2);
    expect((await packetsOf(await lab.joined(sound), 'a'))[0]?.pts).toBe(0);
  });

  it('names its codecs as the standard writes them', () => {
    expect(lecture.video.every(({ track }) => /^avc1\.6400[0-9a-f]{2}$/.test(track.codecs))).toBe(true);
  });

  it('tells how far it is in a chunk that begins late, too', async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    const encoder: Pick<Ffmpeg, 'encode'> = {
      encode: (_, run) => {
        for (const writtenMs of [0, 1_000, 2_000, 4_100]) run.onProgress?.(writtenMs);
        return Promise.reject(new Error('enough'));
      },
    };
    const { facts } = lecture;
    const encode = {
      source: '/dev/null',
      facts,
      rungs: ladder(facts.video),
      folder: join(lab.folder, 'late'),
      onProgress,
    };
    const chunk = { index: 1, fromMs: 4_000, toMs: 8_000 };
    await expect(encodeChunk(encoder as Ffmpeg, chunk, encode)).rejects.toThrow('enough');
    expect(shares).toEqual([0, 0.25, 0.5, 1]);
  });

  it('tells how far it is, and what it cost', () => {
    expect(lecture.shares.every((share, at) => share >= (lecture.shares[at - 1] ?? 0) && share <= 1)).toBe(true);
    expect(lecture.cpuMs).toBeGreaterThan(0);
  });
});

describe('slides', () => {
  it('are encoded at the rate at which they change, and still cut exactly on the grid', async () => {
    const { facts, video } = await encodeAll(await slidesClip(lab.folder, 22));
    const [top] = video;
    if (!top) throw new Error('no rendition');
    expect(facts.video.still).toBe(true);
    const packets = await packetsOf(await lab.joined(top), 'v');
    expect(packets.length).toBeLessThan(60);
    expect(keyTimes(packets)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(lengthMs(top)).toBeCloseTo(22_000, 0);
  });
});

describe('what recorders really write', () => {
  it('keeps the last picture while the sound goes on', async () => {
    const source = await makeClip(
      lab.folder,
      'long-sound.mkv',
      ...lavfi('testsrc2=size=320x240:rate=25:duration=3'),
      ...lavfi('sine=duration=6'),
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
    );
    const { video, audio } = await encodeAll(source);
    expect(lengthMs(video[0])).toBeCloseTo(6_000, -2);
    expect(lengthMs(audio[0])).toBeCloseTo(lengthMs(video[0]), -2);
  });

  it('fills with silence what sound is missing', async () => {
    const source = await makeClip(
      lab.folder,
      'short-sound.mkv',
      ...lavfi('testsrc2=size=320x240:rate=25:duration=5'),
      ...lavfi('sine=duration=2'),
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
    );
    const { audio } = await encodeAll(source);
    expect(lengthMs(audio[0])).toBeCloseTo(5_000, -2);
  });

  it('turns a phone recording upright', async () => {
    const flat = await movingClip(lab.folder, 2, '640x360');
    const source = await makeClip(lab.folder, 'turned.mp4', '-display_rotation', '90', '-i', flat, '-c', 'copy').catch(
      () => makeClip(lab.folder, 'turned.mp4', '-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=270'),
    );
    const { video } = await encodeAll(source);
    expect(video[0]?.track).toMatchObject({ width: 360, height: 640 });
  });

  it('carries on through a change of size', async () => {
    const part = (size: string) =>
      makeClip(lab.folder, `${size}.ts`, ...lavfi(`testsrc2=size=${size}:rate=25:duration=2`), '-c:v', 'libx264');
    const parts = await Promise.all(['320x240', '640x480', '160x120'].map(part));
    const source = join(lab.folder, 'sizes.ts');
    await writeFile(source, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))));
    const { video } = await encodeAll(source);
    expect(video.map(({ name }) => name)).toEqual(['240p']);
    expect(lengthMs(video[0])).toBeCloseTo(6_000, -2);
  });

  it('makes interlaced, high dynamic range and odd sizes into plain pictures', async () => {
    const interlaced = await makeClip(
      lab.folder,
      'interlaced.ts',
      ...lavfi('testsrc2=size=720x576:rate=25:duration=2'),
      ...['-vf', 'tinterlace=interleave_top,setfield=tff', '-c:v', 'mpeg2video', '-flags', '+ildct+ilme'],
    );
    const bright = await makeClip(
      lab.folder,
      'bright.mkv',
      ...lavfi('testsrc2=size=321x241:rate=25:duration=2'),
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=error'],
      ...['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc'],
    );
    expect((await lab.accepted(interlaced)).video.interlaced).toBe(true);
    expect((await lab.accepted(bright)).video.transfer).toBe('pq');
    for (const source of [interlaced, bright]) {
      const { video } = await encodeAll(source);
      expect(video.every(({ track }) => track.kind === 'video' && track.height % 2 === 0)).toBe(true);
    }
  });
});
