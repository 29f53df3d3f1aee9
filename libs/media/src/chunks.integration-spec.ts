import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ladder, segmentMs, sourceDurationMs, type AcceptedFacts, type Chunk } from '#libs/domain';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { Lab } from '../../../test/support/lab.js';
import { lavfi, makeClip, packetsOf } from '../../../test/support/recordings.js';
import { encodeChunk, type NamedRendition } from './index.js';

const run = promisify(execFile);
const seconds = 22;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

/** A picture of which no two frames are alike, at a size that makes one rendition. */
const numbered = (rate: string, size = '320x180') => lavfi(`testsrc2=size=${size}:rate=${rate}:duration=${seconds}`);
const x264 = (...more: string[]) => ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', ...more];

/** Files as recorders, editors and cameras leave them. */
const sources: readonly (readonly [string, () => Promise<string>])[] = [
  [
    'B-frames and open groups of pictures',
    () => clip('open.mp4', '25', x264('-g', '70', '-x264-params', 'open-gop=1')),
  ],
  ['29.97 frames a second', () => clip('ntsc.mp4', '30000/1001', x264('-g', '100'))],
  ['59.94 frames a second in Matroska', () => clip('fast.mkv', '60000/1001', x264('-g', '240'))],
  ['an odd rate, in a transport stream', () => clip('odd.ts', '12.5', x264('-g', '30'))],
  ['uneven frames', () => clip('uneven.mkv', '30', [...drop, ...x264('-g', '40')])],
  ['slides', () => clip('slides.mp4', '25', ['-vf', slides, ...x264('-g', '250')])],
  ['an edit list that begins inside a group of pictures', edited],
  ['an index that calls every frame a key frame', withoutKeyIndex],
  ['a negative start', () => clip('early.mkv', '25', [...x264('-g', '50'), '-output_ts_offset', '-1.3'])],
  ['interlaced fields', () => clip('fields.ts', '25', interlaced)],
  ['HEVC of high dynamic range', () => clip('bright.mp4', '24', bright)],
  [
    'no index and no duration',
    () => clip('live.webm', '25', ['-c:v', 'libvpx', '-b:v', '300k', '-g', '60', '-live', '1']),
  ],
];
const drop = ['-vf', "select='lt(mod(n*7,13),8)'", '-fps_mode', 'vfr'];
const slides = "select='not(mod(n,90))+eq(n,0)',fps=25";
const interlaced = [
  '-vf',
  'tinterlace=interleave_top,setfield=tff',
  '-c:v',
  'mpeg2video',
  '-b:v',
  '1M',
  '-flags',
  '+ildct+ilme',
];
const bright = [
  ...[
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p10le',
    '-x265-params',
    'log-level=error:keyint=60',
  ],
  ...['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc'],
];
const clip = (name: string, rate: string, options: readonly string[]): Promise<string> =>
  makeClip(lab.folder, name, ...numbered(rate), ...options);
async function edited(): Promise<string> {
  const whole = await clip('whole.mp4', '25', x264('-g', '75'));
  return makeClip(lab.folder, 'edited.mp4', '-ss', '1.24', '-i', whole, '-c', 'copy');
}

async function withoutKeyIndex(): Promise<string> {
  const path = await clip('keyless.mp4', '25', x264('-g', '60', '-bf', '0'));
  const file = await readFile(path);
  file.write('free', file.indexOf('stss'), 'latin1');
  await writeFile(path, file);
  return path;
}

const media = join(import.meta.dirname, '../../../test/media');
/** Of people, as cameras and telephones left them. */
const recordings: readonly (readonly [string, () => Promise<string>])[] = [
  ['in fragments with several indexes', () => Promise.resolve(join(media, 'real/fmp4-multiple-sidx.mp4'))],
  [
    'from a classroom',
    () =>
      makeClip(lab.folder, 'room.mp4', '-i', join(media, 'classroom-en-720p25.mp4'), '-t', '20', '-c', 'copy', '-an'),
  ],
];

let encodes = 0;
async function joined(source: string, facts: AcceptedFacts, chunks: readonly Chunk[]): Promise<string> {
  const parts: NamedRendition[] = [];
  for (const chunk of chunks) {
    const { renditions } = await encodeChunk(lab.ffmpeg, chunk, {
      source,
      facts,
      // One picture is enough: the joints of all are alike.
      rungs: ladder(facts.video).slice(-1),
      folder: join(lab.folder, `encode-${++encodes}`),
    });
    const [rendition] = renditions;
    if (!rendition) throw new Error('no rendition');
    if (parts[0]) expect(rendition.init.sha256).toBe(parts[0].init.sha256);
    parts.push(rendition);
  }
  return lab.joined(...parts);
}

const chunksAt = (starts: readonly number[], durationMs: number): Chunk[] =>
  starts.map((fromMs, index) => ({ index, fromMs, toMs: starts[index + 1] ?? durationMs }));

/** How far the worst pair of frames is apart, dB; two neighbours of the test picture are under 25. */
async function worstFrame(one: string, other: string): Promise<number> {
  const args = ['-v', 'error', '-i', one, '-i', other, '-lavfi', 'psnr=stats_file=-', '-f', 'null', '-'];
  const { stdout } = await run('ffmpeg', args, { maxBuffer: 16 * 1024 ** 2 });
  return Math.min(...[...stdout.matchAll(/psnr_y:(\S+)/g)].map(([, dB]) => (dB === 'inf' ? 100 : Number(dB))));
}

describe('chunks, however they are cut, join into the pictures and times of one encode:', () => {
  it.each([...sources, ...recordings])('%s', async (_, make) => {
    const source = await make();
    const facts = await lab.accepted(source);
    expect(facts.video.seekPointsMs.length).toBeGreaterThan(1);
    const durationMs = sourceDurationMs(facts);
    const whole = await joined(source, facts, chunksAt([0], durationMs));
    const times = (await packetsOf(whole, 'v')).map(({ pts }) => pts);
    const lines = Array.from({ length: Math.ceil(durationMs / segmentMs) - 1 }, (_, at) => (at + 1) * segmentMs);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: 1, maxLength: 3 }), async (cuts) => {
        const path = await joined(source, facts, chunksAt([0, ...cuts.toSorted((a, b) => a - b)], durationMs));
        expect((await packetsOf(path, 'v')).map(({ pts }) => pts)).toEqual(times);
        expect(await worstFrame(whole, path)).toBeGreaterThan(30);
      }),
      { numRuns: 2 },
    );
  });
});
