import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { join } from 'node:path';
import { Lab } from '../../../test/support/lab.js';
import { lavfi, makeClip, cornerColour } from '../../../test/support/recordings.js';
import { encodeChunk, takeStills } from './index.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

describe('stills', () => {
  const taken = async (source: string) => {
    const facts = await lab.accepted(source);
    const { stills } = await takeStills(lab.ffmpeg, { source, facts, folder: `${source}-stills` });
    return {
      poster: stills.find(({ kind }) => kind === 'poster'),
      sheets: stills.filter(({ kind }) => kind === 'sheet'),
    };
  };
  const red = [255, 0, 0];
  const blue = [0, 0, 255];
  const isLike = (colour: readonly number[], wanted: readonly number[]) =>
    colour.every((level, at) => Math.abs(level - (wanted[at] ?? NaN)) < 40);

  it('are a poster that is not black, and sheets of a thumbnail for every ten seconds', async () => {
    const source = await makeClip(
      lab.folder,
      'late.mp4',
      ...lavfi('color=black:size=320x240:rate=5:duration=12'),
      ...lavfi('testsrc2=size=320x240:rate=5:duration=258'),
      ...['-filter_complex', '[0][1]concat', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10'],
    );
    const { poster, sheets } = await taken(source);
    expect(poster).toMatchObject({ width: 320, height: 240, tileMs: null });
    expect(poster?.atMs).toBeGreaterThanOrEqual(12_000);
    const sheet = { width: 600, height: 450, tileWidth: 120, tileHeight: 90, tileMs: 10_000 };
    expect(sheets.toSorted((a, b) => a.atMs - b.atMs)).toMatchObject([
      { ...sheet, atMs: 0 },
      { ...sheet, atMs: 250_000 },
    ]);
  });

  it('come every ten seconds, too, where there is one key frame for minutes', async () => {
    const source = await makeClip(
      lab.folder,
      'rare.mp4',
      ...lavfi(
        "nullsrc=size=160x90:rate=5:duration=60,geq=r='255*mod(floor(T/10),2)':g=0:b='255*mod(1+floor(T/10),2)'",
      ),
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '9999', '-sc_threshold', '0', '-pix_fmt', 'yuv420p'],
    );
    const [sheet] = (await taken(source)).sheets;
    const tiles = Array.from({ length: 6 }, (_, at) => ({ x: 80 + (at % 5) * 160, y: 45 + Math.floor(at / 5) * 90 }));
    const colours = await Promise.all(tiles.map(({ x, y }) => cornerColour(sheet?.path ?? '', x, y)));
    expect(colours.map((colour, at) => isLike(colour, at % 2 ? red : blue))).toEqual(Array(6).fill(true));
  });

  it('do not comb where the source is interlaced', async () => {
    const source = await makeClip(
      lab.folder,
      'fields.ts',
      ...lavfi('color=red:size=720x576:rate=25:duration=2'),
      ...lavfi('color=blue:size=720x576:rate=25:duration=2'),
      ...['-filter_complex', '[0][1]interleave,settb=1/50,setpts=N,tinterlace=interleave_top,setfield=tff'],
      ...['-r', '25', '-c:v', 'mpeg2video', '-b:v', '8M', '-flags', '+ildct+ilme'],
    );
    const { poster, sheets } = await taken(source);
    for (const still of [poster, ...sheets]) {
      const colour = await cornerColour(still?.path ?? '', 40, 40);
      expect(isLike(colour, red) || isLike(colour, blue)).toBe(true);
    }
  });

  it.each([
    ['bt601', '-color_trc smpte170m -color_primaries smpte170m -colorspace smpte170m'],
    ['bt709', '-color_trc bt709 -color_primaries bt709 -colorspace bt709'],
    ['pq', '-color_trc smpte2084 -color_primaries bt2020 -colorspace bt2020nc'],
    ['hlg', '-color_trc arib-std-b67 -color_primaries bt2020 -colorspace bt2020nc'],
  ])('have the colours of the picture that is played, when the source has those of %s', async (name, colours) => {
    const source = await makeClip(
      lab.folder,
      `${name}.mkv`,
      ...lavfi('color=0x806050:size=320x240:rate=25:duration=1'),
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=error'],
      ...colours.split(' '),
    );
    const facts = await lab.accepted(source);
    const into = (kind: string) => ({ source, facts, folder: join(lab.folder, `${name}-${kind}`) });
    const [chunk] = chunkPlan(sourceDurationMs(facts), []);
    if (!chunk) throw new Error('no chunk');
    const { renditions } = await encodeChunk(lab.ffmpeg, chunk, { ...into('video'), rungs: ladder(facts.video) });
    const { stills } = await takeStills(lab.ffmpeg, into('stills'));
    const shown = await cornerColour(await lab.joined(...renditions));
    for (const { path } of stills) {
      const off = (await cornerColour(path)).map((level, at) => Math.abs(level - (shown[at] ?? NaN)));
      // JPEG's own rounding included.
      expect(Math.max(...off)).toBeLessThanOrEqual(5);
    }
    expect(stills.length).toBeGreaterThanOrEqual(2);
  });
});
