// What workers do with one lecture: probe, encode the chunks and the sound, take stills, open and hash all of it.
// Prints what came out as JSON; the CPU time of the stills apart.
import { acceptSource, chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { encodeAudio, encodeChunk, Ffmpeg, probeSource, takeStills } from '#libs/media';

const [source, folder] = process.argv.slice(2);
// Without bubblewrap, whose children the kernel does not count as ours; it costs a few milliseconds a run.
const ffmpeg = await Ffmpeg.start({ isolation: false, limits: true, tether: true });
const facts = await probeSource(ffmpeg, source);
acceptSource(facts);
const rungs = ladder(facts.video);
const encodes = [];
for (const chunk of chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs))
  encodes.push(await encodeChunk(ffmpeg, chunk, { source, facts, rungs, folder: `${folder}/chunk-${chunk.index}` }));
if (facts.audio) encodes.push(await encodeAudio(ffmpeg, facts.audio, { source, facts, folder: `${folder}/audio` }));
const stills = await takeStills(ffmpeg, { source, facts, folder: `${folder}/stills` });

const pieces = encodes.flatMap(({ renditions }) => renditions);
const renditions = [...new Set(pieces.map(({ name }) => name))].map((name) => {
  const parts = pieces.filter((piece) => piece.name === name);
  const files = [parts[0].init, ...parts.flatMap(({ segments }) => segments)];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, track: parts[0].track, paths: files.map(({ path }) => path), bytes };
});
console.log(JSON.stringify({ renditions, stillsSeconds: stills.cpuMs / 1000 }));
