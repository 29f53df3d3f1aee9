import type { AudioFacts } from '#libs/domain';

/** A stretch of sound to listen to. */
export interface Window {
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** How much of a lecture is listened to, however long it is, and in how many places. */
const sampleMs = 60_000;
const places = 5;
/** Sound that may have to be decoded before a window, where no key frame is near. */
const maxLeadMs = 60_000;

/**
 * The windows from which a lecture's loudness is judged: all of a short one, else equal ones in the middle of equal
 * parts. Where decoding can begin only far before such a place, the window lies as near to it as may be.
 *
 * @param seekPointsMs where decoding may begin, ascending
 */
export function loudnessWindows({ startMs, endMs }: AudioFacts, seekPointsMs: readonly number[]): Window[] {
  const heardMs = endMs - startMs;
  if (heardMs <= sampleMs) return [{ fromMs: startMs, lengthMs: heardMs }];
  const partMs = heardMs / places;
  const aimed = Array.from({ length: places }, (_, at) => startMs + at * partMs + (partMs - sampleMs / places) / 2);
  const reached = aimed.map((fromMs) => {
    const pointMs = seekPointsMs.findLast((other) => other <= fromMs) ?? 0;
    return Math.round(Math.min(fromMs, pointMs + maxLeadMs));
  });
  const starts = [...new Set(reached)];
  return starts.map((fromMs) => ({ fromMs, lengthMs: sampleMs / starts.length }));
}
