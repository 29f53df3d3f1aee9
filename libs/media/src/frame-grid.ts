import {
  rateOf,
  segmentMs,
  sourceDurationMs,
  type AcceptedFacts,
  type Chunk,
  type Ratio,
  type VideoFacts,
} from '#libs/domain';

/**
 * A frame that comes this many seconds before a time is the frame of that time. No frame of a usual rate lies exactly so
 * far before a line of the grid, so nobody's rounding decides.
 */
export const gridHair = 0.00071;

/** How many frames of a steady rate begin before a time. */
export const frameAt = (rate: Ratio, ms: number): number => Math.ceil((ms / 1000 - gridHair) * rateOf(rate));

/** How many frames an edition has at its steady rate; its last one ends where the later of picture and sound ends. */
export const frameCount = (rate: Ratio, durationMs: number): number => Math.max(1, frameAt(rate, durationMs));

/** The frames of a chunk, counted from the beginning of the edition. */
export interface Stretch extends Chunk {
  readonly firstFrame: number;
  /** The first frame that is not encoded any more. */
  readonly endFrame: number;
  /** Where each segment begins, and at last where the chunk ends. */
  readonly lines: readonly number[];
  /** Whether the edition ends with it. */
  readonly last: boolean;
  /** Whether frames that repeat are dropped before the encoder. */
  readonly decimated: boolean;
}

/**
 * The frames that one chunk is made of.
 *
 * Where pictures come at uneven times, one frame more is encoded: the first of the next chunk, into a segment that nobody
 * takes, so that the last picture of this one lasts until there, as it would without the cut.
 */
export function stretchOf(facts: AcceptedFacts, chunk: Chunk): Stretch {
  const { video } = facts;
  const { fromMs, toMs } = chunk;
  const last = toMs >= sourceDurationMs(facts);
  const count = Math.ceil((toMs - fromMs) / segmentMs);
  const lines = Array.from({ length: count }, (_, at) => frameAt(video.frameRate, fromMs + at * segmentMs));
  const end = last ? frameCount(video.frameRate, toMs) : frameAt(video.frameRate, toMs);
  const firstFrame = Math.max(0, lines[0] ?? 0);
  return {
    ...chunk,
    firstFrame,
    endFrame: end + (isUneven(video) && !last ? 1 : 0),
    lines: [firstFrame, ...lines.slice(1).filter((line) => line < end), end],
    last,
    decimated: video.variable || (video.still && isStill(video, chunk)),
  };
}

/** Whether pictures may come at uneven times, somewhere in the edition: it decides how all of it is encoded. */
export const isUneven = ({ still, variable }: VideoFacts): boolean => still || variable;

/** Whether at least a quarter of a chunk is still: elsewhere looking for frames that repeat costs more than it saves. */
function isStill({ stillSegments }: VideoFacts, { fromMs, toMs }: Chunk): boolean {
  const within = stillSegments.slice(Math.floor(fromMs / segmentMs), Math.ceil(toMs / segmentMs));
  return within.replaceAll('0', '').length * 4 >= within.length;
}

/**
 * Where the steady rate's own clock starts for a stretch: at a whole second at which a frame begins exactly, so that it
 * rounds every time as it would from the beginning of the edition.
 */
export function startOfGrid({ num, den }: Ratio, { fromMs }: Stretch): { seconds: number; frames: number } {
  const seconds = Math.floor(fromMs / 1000 / den) * den;
  return { seconds, frames: (seconds * num) / den };
}
