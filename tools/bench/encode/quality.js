// How like the source a rendition is: ours and the reference's at the source's own frame times, at the rendition's size.
import { readFile, writeFile } from 'node:fs/promises';
import { printFigure } from '../../figure.js';
import { lumaSsim } from './ssim.js';

/** Every so many frames of the source are compared, the same ones on both sides. */
const EVERY = 5;
/** The reference's players start late by its B-frames, by as many frames as its encoder had before it: its best is taken. */
const SHIFTS = [0, 1, 2, 3, 4, 5, 6];
const SHIFT_SECONDS = 10;

/** Mean SSIM of a file's pictures with the source's. */
async function likeness({ source, facts }, path, { width, height }, { shift = 0, seconds = 1e6 } = {}) {
  const { num, den } = facts.video.frameRate;
  const every = `fps=${num}/${den}:start_time=0,trim=start_frame=${shift},setpts=PTS-STARTPTS`;
  const sample = `select=not(mod(n\\,${EVERY})),scale=${width}:${height}:flags=bicubic,format=yuv420p`;
  const first = `setpts=PTS-STARTPTS,fps=${num}/${den}:start_time=0,trim=end=${seconds}`;
  const values = await lumaSsim(
    ['-i', source, '-i', path],
    `[0:v:0]${first},${sample}[all];[1:v:0]setpts=PTS-STARTPTS,${every},${sample}[shown];[all][shown]`,
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function bestShift(lecture, path, track) {
  const tried = [];
  for (const shift of SHIFTS)
    tried.push({ shift, value: await likeness(lecture, path, track, { shift, seconds: SHIFT_SECONDS }) });
  return tried.toSorted((a, b) => b.value - a.value)[0].shift;
}

async function joined({ name, paths }, folder) {
  const path = `${folder}/${name}.mp4`;
  await writeFile(path, Buffer.concat(await Promise.all(paths.map((each) => readFile(each)))));
  return path;
}

/** Prints the worst rendition of a lecture, ours less the reference's. */
export async function printQuality(lecture, { ours, perRendition }, folder) {
  const found = [];
  for (const rendition of ours.renditions.filter(({ track }) => track.kind === 'video')) {
    const { track, name } = rendition;
    const reference = perRendition.renditions.find((each) => each.name === `${parseInt(name)}.mp4`).path;
    const shift = await bestShift(lecture, reference, track);
    const theirs = await likeness(lecture, reference, track, { shift });
    found.push({ name, shift, theirs, ours: await likeness(lecture, await joined(rendition, folder), track) });
  }
  const worst = found.toSorted((a, b) => a.ours - a.theirs - (b.ours - b.theirs))[0];
  printFigure(`${lecture.name}: SSIM less that of one ffmpeg a rendition, the worst rendition`, {
    value: worst.ours - worst.theirs,
    digits: 5,
    reference: found
      .map(({ name, ours: us, theirs }) => `${name} ${us.toFixed(4)} against ${theirs.toFixed(4)}`)
      .join(', '),
    atLeast: -0.001,
  });
  if (process.env.DUMP) console.log(found);
}
