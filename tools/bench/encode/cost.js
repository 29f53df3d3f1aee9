// CPU seconds and bytes of an encode, ours against the references'.
import { printFigure } from '../../figure.js';
import { bestSingle } from './best-single.js';
import { encodeByReference, encodeByUs } from './encodes.js';

/** What an encode may take at most of what one ffmpeg a rendition takes. */
const targets = {
  slides: { cpu: 0.27, bytes: 0.4 },
  screencast: { cpu: 0.27, bytes: 0.52 },
  camera: { cpu: 0.68, bytes: 0.85 },
};

/** Each encode goes so often, in turn, and the least counts: the machine's own speed changes by a tenth and more meanwhile. */
export const TURNS = 3;

/** Ours and the references' encodes of one lecture, one after the other; without a wish for costs only those to compare. */
export async function encodeInTurn(ffmpeg, lecture, isCostWanted, folder) {
  const ours = await encodeByUs(lecture, `${folder}/ours`);
  const perRendition = () => encodeByReference('per-rendition', lecture, `${folder}/per-rendition`);
  if (!isCostWanted) return { ours, perRendition: await perRendition() };
  // What is nearest to ours goes next to it.
  const best = { cpuSeconds: await bestSingle(ffmpeg, lecture, `${folder}/best-single`) };
  const plain = await encodeByReference('single', lecture, `${folder}/single`);
  return { ours, best, plain, perRendition: await perRendition() };
}

/** Prints the figures of one lecture. */
export function printCost({ name, kind }, turns) {
  const secondsOf = (which) => Math.min(...turns.map((turn) => turn[which].cpuSeconds));
  const [{ ours, perRendition, plain }] = turns;
  const cpu = (what, which, atMost) =>
    printFigure(`${name}: CPU over ${what}`, {
      value: secondsOf('ours') / secondsOf(which),
      unit: '×',
      reference: `${inSeconds(secondsOf('ours'))} and ${inSeconds(ours.stillsSeconds)} of stills, against ${inSeconds(secondsOf(which))}`,
      atMost,
    });
  cpu('one ffmpeg a rendition', 'perRendition', targets[kind].cpu);
  cpu('the best single ffmpeg with the same output', 'best', 1.08);
  cpu('one plain ffmpeg', 'plain', 1.1);
  printFigure(`${name}: bytes over one ffmpeg a rendition`, {
    value: ours.bytes / perRendition.bytes,
    unit: '×',
    reference: `${megabytes(ours.bytes)} against ${megabytes(perRendition.bytes)}; one plain ffmpeg ${megabytes(plain.bytes)}`,
    atMost: targets[kind].bytes,
  });
}

const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
