/** Length of a segment, and the grid on which all renditions have a key frame. */
export const segmentMs = 4_000;

/** A stretch of an edition that one job encodes in all renditions. */
export interface Chunk {
  readonly index: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How long a chunk should be, and how far from it the next one may begin where that saves decoding. */
interface Aim {
  readonly lengthMs: number;
  readonly slackMs: number;
}

/** Short, so that it can be watched soon. */
const firstMs = 12_000;
const longestMs = 60_000;
/** Towards the end chunks become short, so that workers who share an edition end at about the same time. */
const shortestMs = 16_000;
const shareOfRest = 4;
const slackShare = 5;

/** Pictures that a chunk may have to decode before its own first one, in ms of the lecture. */
const maxLeadMs = 20_000;

/**
 * Cuts an edition into chunks that begin on the grid of segments; the last one ends where the edition ends. A chunk begins
 * where little has to be decoded before it; where key frames are too rare for that, chunks grow.
 *
 * @param seekPointsMs where decoding may begin, ascending; none: the source cannot be sought, and there is one chunk.
 */
export function chunkPlan(durationMs: number, seekPointsMs: readonly number[]): Chunk[] {
  const starts: number[] = [];
  for (let start: number | undefined = 0; start !== undefined; start = nextStart(start, durationMs, seekPointsMs))
    starts.push(start);
  return starts.map((fromMs, index) => ({ index, fromMs, toMs: starts[index + 1] ?? durationMs }));
}

/** Where decoding begins for a chunk that starts at `fromMs`; undefined: at the very beginning. */
export const seekPointFor = (fromMs: number, seekPointsMs: readonly number[]): number | undefined =>
  fromMs === 0 ? undefined : seekPointsMs.findLast((point) => point <= fromMs);

function nextStart(fromMs: number, durationMs: number, seekPointsMs: readonly number[]): number | undefined {
  const { lengthMs, slackMs } = aimAt(fromMs, durationMs);
  if (durationMs - fromMs <= lengthMs + slackMs) return undefined;
  const aimedMs = fromMs + lengthMs;
  const leadMs = (lineMs: number): number => lineMs - (seekPointFor(lineMs, seekPointsMs) ?? -Infinity);
  const cost = (lineMs: number): number => leadMs(lineMs) + Math.abs(lineMs - aimedMs) / 1_000;
  const near = lines(aimedMs - slackMs, aimedMs + slackMs).toSorted((a, b) => cost(a) - cost(b));
  return [...near, ...lines(aimedMs + slackMs, durationMs - segmentMs)].find((lineMs) => leadMs(lineMs) <= maxLeadMs);
}

function aimAt(fromMs: number, durationMs: number): Aim {
  const shareMs = Math.min(longestMs, Math.max(shortestMs, (durationMs - fromMs) / shareOfRest));
  const lengthMs = fromMs === 0 ? firstMs : onGrid(shareMs);
  return { lengthMs, slackMs: Math.max(segmentMs, onGrid(lengthMs / slackShare)) };
}

const onGrid = (ms: number): number => Math.floor(ms / segmentMs) * segmentMs;

/** The lines of the grid from one to another, both of them on it or cut down to it. */
const lines = (fromMs: number, toMs: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor((toMs - fromMs) / segmentMs) + 1) }, (_, at) => fromMs + at * segmentMs);
