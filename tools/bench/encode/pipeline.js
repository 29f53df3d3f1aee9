// What workers do with one lecture: probe, encode the chunks and the sound, take stills, open and hash all of it.
// Prints as JSON what came out and what it cost; the stills apart, and without the start of this process, since a worker is
// there before any lecture.
import { acceptSource, chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { encodeAudio, encodeChunk, Ffmpeg, probeSource, takeStills } from '#libs/media';
import { watched } from './cpu-watch.js';

const [source, folder] = process.argv.slice(2);
// Without bubblewrap, whose children the kernel does not count as ours; it costs a few milliseconds a run.
const ffmpeg = await Ffmpeg.start({ isolation: false, limits: true, tether: true });

async function encodeAll() {
  const facts = await probeSource(ffmpeg, source);
  acceptSource(facts);
  const rungs = ladder(facts.video);
  const encodes = [];
  for (const chunk of chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs))
    encodes.push(await encodeChunk(ffmpeg, chunk, { source, facts, rungs, folder: `${folder}/chunk-${chunk.index}` }));
  if (facts.audio) encodes.push(await encodeAudio(ffmpeg, facts.audio, { source, facts, folder: `${folder}/audio` }));
  return { facts, pieces: encodes.flatMap(({ renditions }) => renditions) };
}

const [{ facts, pieces }, cpuSeconds] = await watched(encodeAll);
const [, stillsSeconds] = await watched(() => takeStills(ffmpeg, { source, facts, folder: `${folder}/stills` }));

const renditions = [...new Set(pieces.map(({ name }) => name))].map((name) => {
  const parts = pieces.filter((piece) => piece.name === name);
  const files = [parts[0].init, ...parts.flatMap(({ segments }) => segments)];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, track: parts[0].track, paths: files.map(({ path }) => path), bytes };
});
console.log(JSON.stringify({ renditions, cpuSeconds, stillsSeconds }));
