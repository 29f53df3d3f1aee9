// How like the source each rendition is, ours and the reference's: at the source's own frame times, at the rendition's size.
import { readFile, writeFile } from 'node:fs/promises';
import { printFigure } from '../../figure.js';
import { lumaSsim } from './ssim.js';

/** Every so many frames of the source are compared, the same ones on both sides. */
const EVERY = 5;
/** The reference makes all but its top rendition from the top one, some of them a frame late: its better fit is taken. */
const DELAYS = [0, 1 / 25];
const FIT_SECONDS = 8;

/** Mean SSIM of each file, which has a path, a size and a delay in seconds, with the source. */
async function likeness({ source, facts }, files, folder, seconds = Math.ceil(facts.video.endMs / 1000)) {
  const { num, den } = facts.video.frameRate;
  const sampled = (delay) =>
    `setpts=PTS-STARTPTS-${delay}/TB,fps=${num}/${den}:start_time=0,select=not(mod(n\\,${EVERY}))`;
  const all = files.map((_, at) => `[s${at}]`).join('');
  const graph = [
    `[0:v:0]${sampled(0)},split=${files.length}${all}`,
    ...files.map(({ width, height }, at) => `[s${at}]scale=${width}:${height}:flags=bicubic,format=yuv420p[a${at}]`),
    ...files.map(({ delay }, at) => `[${at + 1}:v:0]${sampled(delay)},format=yuv420p[b${at}]`),
  ];
  const inputs = [source, ...files.map(({ path }) => path)].flatMap((path) => ['-t', String(seconds), '-i', path]);
  const values = await lumaSsim(inputs, graph, { pairs: files.length, folder });
  return values.map((ofFile) => ofFile.reduce((sum, value) => sum + value, 0) / ofFile.length);
}

async function fitted(lecture, file, folder) {
  const tried = DELAYS.map((delay) => ({ ...file, delay }));
  const [none, one] = await likeness(lecture, tried, folder, FIT_SECONDS);
  return one > none ? tried[1] : tried[0];
}

async function joined({ name, paths }, folder) {
  const path = `${folder}/${name}.mp4`;
  await writeFile(path, Buffer.concat(await Promise.all(paths.map((each) => readFile(each)))));
  return path;
}

/** Prints the worst rendition of a lecture, ours less the reference's. */
export async function printQuality(lecture, { ours, perRendition }, folder) {
  const renditions = ours.renditions.filter(({ track }) => track.kind === 'video');
  const sizes = renditions.map(({ track: { width, height } }) => ({ width, height, delay: 0 }));
  const ourFiles = [];
  const theirFiles = [];
  for (const [at, rendition] of renditions.entries()) {
    const { path } = perRendition.renditions.find(({ name }) => name === `${parseInt(rendition.name)}.mp4`);
    ourFiles.push({ ...sizes[at], path: await joined(rendition, folder) });
    theirFiles.push(await fitted(lecture, { ...sizes[at], path }, folder));
  }
  const us = await likeness(lecture, ourFiles, folder);
  const them = await likeness(lecture, theirFiles, folder);
  printFigure(`${lecture.name}: SSIM less that of one ffmpeg a rendition, the worst rendition`, {
    value: Math.min(...us.map((value, at) => value - them[at])),
    digits: 5,
    reference: renditions
      .map(({ name }, at) => `${name} ${us[at].toFixed(4)} against ${them[at].toFixed(4)}`)
      .join(', '),
    atLeast: -0.001,
  });
}
