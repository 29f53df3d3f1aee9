// Encoding, against references in the same run (encode/reference-encode.sh): what it costs, what it looks like, how soon it
// can be watched, how it grows with workers and what a crash takes.
// `npm run bench -- encode [cpu | quality | first-frame | workers | kills] [FILE or FOLDER …]`: one part or all of them; by
// default over the lectures of test/media. Parts that need a single lecture take the one with the most to decode.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { acceptSource } from '#libs/domain';
import { Ffmpeg, probeSource } from '#libs/media';
import { root } from '../install.js';
import { encodeInTurn, printCost, TURNS } from './encode/cost.js';
import { printFirstFrame } from './encode/first-frame.js';
import { printKills } from './encode/kills.js';
import { printMotion } from './encode/motion.js';
import { printQuality } from './encode/quality.js';
import { printWorkers } from './encode/workers.js';

const ofEach = ['cpu', 'quality'];
const ofOne = { 'first-frame': printFirstFrame, workers: printWorkers, kills: printKills };
const parts = [...ofEach, ...Object.keys(ofOne)];

async function filesIn(path) {
  if (!(await stat(path)).isDirectory()) return [resolve(path)];
  const names = (await readdir(path)).filter((name) => name.endsWith('.mp4')).sort();
  return names.map((name) => resolve(path, name));
}

async function lectureOf(ffmpeg, source) {
  const facts = await probeSource(ffmpeg, source);
  acceptSource(facts);
  const name = basename(source);
  const still = name.startsWith('screencast') ? 'screencast' : 'slides';
  return { source, name, facts, kind: facts.video.still ? still : 'camera' };
}

async function inFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureEach(ffmpeg, lecture, wanted, folder) {
  const isCostWanted = wanted.has('cpu');
  const turns = [];
  while (turns.length < (isCostWanted ? TURNS : 1))
    turns.push(await encodeInTurn(ffmpeg, lecture, isCostWanted, `${folder}/${turns.length}`));
  if (isCostWanted) printCost(lecture, turns);
  if (!wanted.has('quality')) return;
  await printQuality(lecture, turns[0], folder);
  await printMotion(ffmpeg, lecture, folder);
}

const toDecode = ({ facts: { video } }) => video.width * video.height * video.packets;

const [first, ...others] = process.argv.slice(2);
const isPart = parts.includes(first);
const wanted = new Set(isPart ? [first] : parts);
const given = [first, ...others].slice(isPart ? 1 : 0).filter(Boolean);
const paths = given.length > 0 ? given : [join(root, 'test/media')];

// Without bubblewrap, for the same reason as in pipeline.js.
const ffmpeg = await Ffmpeg.start({ isolation: false, limits: true, tether: true });
const lectures = [];
for (const source of (await Promise.all(paths.map(filesIn))).flat()) lectures.push(await lectureOf(ffmpeg, source));
if (ofEach.some((part) => wanted.has(part)))
  for (const lecture of lectures) await inFolder((folder) => measureEach(ffmpeg, lecture, wanted, folder));
const [largest] = lectures.toSorted((a, b) => toDecode(b) - toDecode(a));
for (const [part, print] of Object.entries(ofOne))
  if (wanted.has(part)) await inFolder((folder) => print(largest, folder));
