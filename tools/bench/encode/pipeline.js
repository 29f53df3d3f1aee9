// What a worker does with one lecture: probe, encode the picture and the sound, take stills, open and hash all of it.
// Prints whether the lecture's content is still, for the references to treat it the same way.
import { acceptSource, chunkPlan, sourceDurationMs } from '#libs/domain';
import { encodeAudio, encodeChunk, Ffmpeg, probeSource, takeStills } from '#libs/media';

const [source, folder] = process.argv.slice(2);
// Without bubblewrap, whose children the kernel does not count as ours; it costs a few milliseconds a run.
const ffmpeg = await Ffmpeg.start({ isolation: false, limits: true, tether: true });
const facts = await probeSource(ffmpeg, source);
acceptSource(facts);
for (const chunk of chunkPlan(sourceDurationMs(facts)))
  await encodeChunk(ffmpeg, chunk, { source, facts, folder: `${folder}/chunk-${chunk.index}` });
if (facts.audio) await encodeAudio(ffmpeg, facts.audio, { source, facts, folder: `${folder}/audio` });
await takeStills(ffmpeg, { source, facts, folder: `${folder}/stills` });
console.log(facts.video.still ? 'still' : 'moving');
