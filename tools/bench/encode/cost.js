// CPU seconds and bytes of an encode, ours against the references'.
import { printFigure } from '../../figure.js';
import { bestSingle } from './best-single.js';
import { encodeByReference } from './encodes.js';

/** What an encode may take at most of what one ffmpeg a rendition takes. */
const targets = {
  slides: { cpu: 0.27, bytes: 0.4 },
  screencast: { cpu: 0.27, bytes: 0.52 },
  camera: { cpu: 0.68, bytes: 0.85 },
};

/** Prints the figures of one lecture. */
export async function printCost(ffmpeg, lecture, { ours, perRendition }, folder) {
  const { name, kind } = lecture;
  const best = await bestSingle(ffmpeg, lecture, `${folder}/best-single`);
  const plain = await encodeByReference('single', lecture, `${folder}/single`);
  const cpu = (what, referenceSeconds, atMost) =>
    printFigure(`${name}: CPU over ${what}`, {
      value: ours.cpuSeconds / referenceSeconds,
      unit: '×',
      reference: `${inSeconds(ours.cpuSeconds)} and ${inSeconds(ours.stillsSeconds)} of stills, against ${inSeconds(referenceSeconds)}`,
      atMost,
    });
  cpu('one ffmpeg a rendition', perRendition.cpuSeconds, targets[kind].cpu);
  cpu('the best single ffmpeg with the same output', best, 1.08);
  cpu('one plain ffmpeg', plain.cpuSeconds, 1.1);
  printFigure(`${name}: bytes over one ffmpeg a rendition`, {
    value: ours.bytes / perRendition.bytes,
    unit: '×',
    reference: `${megabytes(ours.bytes)} against ${megabytes(perRendition.bytes)}; one plain ffmpeg ${megabytes(plain.bytes)}`,
    atMost: targets[kind].bytes,
  });
}

const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
