// The least that the same output could cost: our own filters and options for a whole lecture in one ffmpeg, pictures and
// sound, without chunks, probe and verification.
import { ladder, sourceDurationMs } from '#libs/domain';
import { encodeAudio, encodeChunk } from '#libs/media';
import { watched } from './cpu-watch.js';
import { planOf } from './plans.js';

/** @returns {Promise<number>} CPU seconds of that one process, and what little it takes to wait for it */
export async function bestSingle(ffmpeg, { source, facts }, folder) {
  const whole = { index: 0, fromMs: 0, toMs: sourceDurationMs(facts) };
  const into = (name) => ({ source, facts, folder: `${folder}/${name}` });
  const picture = { ...into('pictures'), rungs: ladder(facts.video) };
  const pictures = await planOf(ffmpeg, (listener) => encodeChunk(listener, whole, picture));
  if (!facts.audio) return run(ffmpeg, pictures, { source, folder });
  const sound = await planOf(ffmpeg, (listener) => encodeAudio(listener, facts.audio, into('sound')));
  const both = {
    ...pictures,
    filters: `${pictures.filters};${sound.filters}`,
    outputs: [...pictures.outputs, ...sound.outputs],
  };
  return run(ffmpeg, both, { source, folder });
}

async function run(ffmpeg, { limits, ...plan }, { source, folder }) {
  const [, cpuSeconds] = await watched(() => ffmpeg.encode(() => plan, { source, folder, limits }));
  return cpuSeconds;
}
