import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptSource, chunkPlan, sourceDurationMs } from '#libs/domain';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lavfi, makeClip, cornerColour } from '../../../test/support/recordings.js';
import { encodeChunk, Ffmpeg, probeSource, takeStills } from './index.js';

let folder: string;
let ffmpeg: Ffmpeg;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-stills-'));
  ffmpeg = await Ffmpeg.start();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const probed = async (source: string) => {
  const facts = await probeSource(ffmpeg, source);
  acceptSource(facts);
  return facts;
};

describe('stills', () => {
  it('are a poster that is not black and a thumbnail about every ten seconds', async () => {
    const source = await makeClip(
      folder,
      'late.mp4',
      ...lavfi('color=black:size=320x240:rate=5:duration=12'),
      ...lavfi('testsrc2=size=320x240:rate=5:duration=24'),
      ...['-filter_complex', '[0][1]concat', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10'],
    );
    const facts = await probed(source);
    const { stills } = await takeStills(ffmpeg, { source, facts, folder: join(folder, 'stills') });
    const [poster] = stills.filter(({ kind }) => kind === 'poster');
    expect(poster).toMatchObject({ width: 320, height: 240 });
    expect(poster?.atMs).toBeGreaterThanOrEqual(12_000);
    expect(
      stills
        .filter(({ kind }) => kind === 'thumbnail')
        .map(({ atMs }) => atMs)
        .toSorted((a, b) => a - b),
    ).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it.each([
    ['bt601', '-color_trc smpte170m -color_primaries smpte170m -colorspace smpte170m'],
    ['bt709', '-color_trc bt709 -color_primaries bt709 -colorspace bt709'],
    ['pq', '-color_trc smpte2084 -color_primaries bt2020 -colorspace bt2020nc'],
    ['hlg', '-color_trc arib-std-b67 -color_primaries bt2020 -colorspace bt2020nc'],
  ])('have the colours of the picture that is played, when the source has those of %s', async (name, colours) => {
    const source = await makeClip(
      folder,
      `${name}.mkv`,
      ...lavfi('color=0x806050:size=320x240:rate=25:duration=1'),
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=error'],
      ...colours.split(' '),
    );
    const facts = await probed(source);
    const into = (kind: string) => ({ source, facts, folder: join(folder, `${name}-${kind}`) });
    const [chunk] = chunkPlan(sourceDurationMs(facts), []);
    if (!chunk) throw new Error('no chunk');
    const { renditions } = await encodeChunk(ffmpeg, chunk, into('video'));
    const { stills } = await takeStills(ffmpeg, into('stills'));
    const played = join(folder, `${name}.mp4`);
    const files = renditions.flatMap(({ init, segments }) => [init, ...segments]);
    await writeFile(played, Buffer.concat(await Promise.all(files.map(({ path }) => readFile(path)))));
    const shown = await cornerColour(played);
    for (const { path } of stills) {
      const off = (await cornerColour(path)).map((level, at) => Math.abs(level - (shown[at] ?? NaN)));
      expect(Math.max(...off)).toBeLessThanOrEqual(4);
    }
    expect(stills.length).toBeGreaterThanOrEqual(2);
  });
});
