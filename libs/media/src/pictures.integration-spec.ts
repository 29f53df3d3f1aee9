import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunkPlan, ladder, sourceDurationMs, type Chunk } from '#libs/domain';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Lab } from '../../../test/support/lab.js';
import { cornerColour, lavfi, makeClip, packetsOf } from '../../../test/support/recordings.js';
import { encodeChunk, type NamedRendition } from './index.js';

const run = promisify(execFile);
let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

let runs = 0;
/** The best rendition of a chunk, or of the whole. */
async function encoded(source: string, part?: Chunk): Promise<NamedRendition> {
  const facts = await lab.accepted(source);
  const [rung] = ladder(facts.video);
  if (!rung) throw new Error('no rung');
  const chunk = part ?? { index: 0, fromMs: 0, toMs: sourceDurationMs(facts) };
  const encode = { source, facts, rungs: [rung], folder: join(lab.folder, `encode-${++runs}`) };
  const [rendition] = (await encodeChunk(lab.ffmpeg, chunk, encode)).renditions;
  if (!rendition) throw new Error('no rendition');
  return rendition;
}

describe('an interlaced recording', () => {
  /** How many of its frames are made of two moments. */
  const combed = async (path: string): Promise<number> => {
    const { stderr } = await run('ffmpeg', ['-nostdin', '-i', path, '-vf', 'idet', '-f', 'null', '-']);
    const [, top, bottom] = /Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+)/.exec(stderr) ?? [];
    return Number(top) + Number(bottom);
  };

  it('comes out in whole pictures', async () => {
    const source = await makeClip(
      lab.folder,
      'fields.ts',
      ...lavfi('testsrc2=size=640x480:rate=50:duration=2,scroll=horizontal=0.01'),
      ...['-vf', 'tinterlace=interleave_top,setfield=tff', '-c:v', 'mpeg2video', '-b:v', '8M', '-flags', '+ildct+ilme'],
    );
    expect(await combed(source)).toBeGreaterThan(30);
    expect(await combed(await lab.joined(await encoded(source)))).toBe(0);
  });
});

describe('a recording that lies on its side', () => {
  it.each([90, 180, 270])('stands as any player would set it: %i°', async (angle) => {
    const corners = 'color=blue:size=640x360:rate=25:duration=1,drawbox=w=320:h=180:c=red:t=fill';
    const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    const flat = await makeClip(lab.folder, `flat-${angle}.mp4`, ...lavfi(corners), ...encoding);
    const copy = ['-i', flat, '-c', 'copy'];
    const source = await makeClip(
      lab.folder,
      `turned-${angle}.mp4`,
      '-display_rotation',
      String(-angle),
      ...copy,
    ).catch(() => makeClip(lab.folder, `turned-${angle}.mp4`, ...copy, '-metadata:s:v', `rotate=${angle}`));
    const [wide, high] = angle === 180 ? [640, 360] : [360, 640];
    const rendition = await encoded(source);
    expect(rendition.track).toMatchObject({ width: wide, height: high });
    const path = await lab.joined(rendition);
    const places = [0, wide - 10].flatMap((right) => [0, high - 10].map((down) => [right, down] as const));
    const reds = async (of: string) => {
      const colours = await Promise.all(places.map(([right, down]) => cornerColour(of, right, down)));
      return colours.map(([red = 0, , blue = 0]) => red > blue);
    };
    // ffmpeg itself turns the source as its track says.
    expect(await reds(path)).toEqual(await reds(source));
    expect((await reds(path)).filter(Boolean)).toHaveLength(1);
  });
});

describe('a grey patch of high dynamic range', () => {
  /**
   * PQ codes of SMPTE ST 2084 over the video range of 10 bits. What comes out is hable(L / 100) / hable(10): 1,000 cd/m² is
   * white, and is shown with the gamma of 2.4 of BT.1886. Without tone mapping these would be 76, 130 and 192.
   */
  it.each([
    [10, 326, 66],
    [100, 509, 157],
    [1000, 723, 255],
  ])('of %i cd/m² is as bright as tone mapping makes it', async (light, code, level) => {
    const source = await makeClip(
      lab.folder,
      `pq-${light}.mkv`,
      ...lavfi('color=black:size=320x240:rate=25:duration=1'),
      ...['-vf', `format=yuv420p10le,geq=lum=${code}:cb=512:cr=512`],
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=error'],
      ...['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc', '-color_range', 'tv'],
    );
    expect((await lab.accepted(source)).video.transfer).toBe('pq');
    const colour = await cornerColour(await lab.joined(await encoded(source)));
    for (const channel of colour) expect(Math.abs(channel - level)).toBeLessThanOrEqual(4);
  });
});

describe('a lecture of slides, and of a camera at its end', () => {
  const rate = 25;
  let source: string;
  beforeAll(async () => {
    source = await makeClip(
      lab.folder,
      'mixed.mp4',
      ...lavfi(`testsrc=size=426x240:rate=1/7:duration=28,fps=${rate}`),
      ...lavfi(`testsrc2=size=426x240:rate=${rate}:duration=20`),
      ...['-filter_complex', '[0]trim=duration=28,format=yuv420p[a];[1]format=yuv420p[b];[a][b]concat'],
      ...['-c:v', 'libx264', '-preset', 'medium', '-crf', '10', '-g', '100'],
    );
  });

  it('has in each chunk the pictures that are worth having, and they join on the grid', async () => {
    const facts = await lab.accepted(source);
    expect(facts.video).toMatchObject({ still: true, stillSegments: '111111100000' });
    const chunks = chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs);
    expect(chunks.map(({ fromMs, toMs }) => [fromMs / 1000, toMs / 1000])).toEqual([
      [0, 12],
      [12, 28],
      [28, 48],
    ]);
    const parts: NamedRendition[] = [];
    for (const chunk of chunks) parts.push(await encoded(source, chunk));
    const packets = await packetsOf(await lab.joined(...parts), 'v');
    const times = packets.map(({ pts }) => pts - (packets[0]?.pts ?? 0));
    const within = (from: number, to: number) => times.filter((at) => at >= from - 0.001 && at < to - 0.001).length;
    // One a second, one for each line of the grid, one for each slide; of the camera all.
    expect(within(0, 12)).toBeLessThanOrEqual(12 + 3 + 2);
    expect(within(12, 28)).toBeLessThanOrEqual(16 + 4 + 3);
    expect(within(28, 48)).toBe(20 * rate);
    expect(packets.filter(({ key }) => key)).toHaveLength(12);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeLessThanOrEqual(1.001);
    const ticks = parts.flatMap(({ segments, track }) =>
      segments.map((piece) => piece.durationTicks / track.timescale),
    );
    expect(ticks).toEqual(Array(12).fill(4));
  });
});
