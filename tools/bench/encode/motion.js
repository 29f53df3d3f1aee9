// What viewers lose where frames that repeat are dropped: each frame of the source against the picture shown then, just
// before the encoder, at the size of the top rendition.
import { chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { encodeChunk } from '#libs/media';
import { printFigure } from '../../figure.js';
import { planOf } from './plans.js';
import { lumaSsim } from './ssim.js';

async function ofChunk(ffmpeg, { source, facts }, chunk, folder) {
  const encode = { source, folder, rungs: ladder(facts.video) };
  const ask = (known) => planOf(ffmpeg, (listener) => encodeChunk(listener, chunk, { ...encode, facts: known }));
  const [plan, whole] = await Promise.all([facts, withoutDropping(facts)].map(ask));
  const [shown, all] = [plan, whole].map(({ filters }) => filters.slice(0, filters.indexOf(',split[v0]')));
  if (!shown.includes('mpdecimate')) return [];
  const graph = [`${all}[a0]`, `${shown}[b0]`];
  const [values] = await lumaSsim([...plan.inputOptions, '-i', source], graph, { folder });
  return values;
}

const withoutDropping = (facts) => ({ ...facts, video: { ...facts.video, still: false, variable: false } });

/** Prints the worst frame of a lecture. */
export async function printMotion(ffmpeg, lecture, folder) {
  const { facts, name } = lecture;
  const values = [];
  for (const chunk of chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs))
    values.push(...(await ofChunk(ffmpeg, lecture, chunk, `${folder}/plan`)));
  if (values.length === 0) return;
  printFigure(`${name}: SSIM of a frame with the picture shown instead, the worst`, {
    value: Math.min(...values),
    digits: 6,
    reference: `all ${values.length} frames`,
    atLeast: 0.999,
  });
}
