/** Length of a segment, and the grid on which all renditions have a key frame. */
export const segmentMs = 4_000;

/** A stretch of an edition that one job encodes in all renditions. */
export interface Chunk {
  readonly index: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Cuts an edition into chunks that begin on the grid of segments; the last one ends where the edition ends.
 *
 * @param chunkMs a multiple of the segment; left out: one chunk for all of it.
 */
export function chunkPlan(durationMs: number, chunkMs: number = gridUp(durationMs)): Chunk[] {
  const count = Math.ceil(durationMs / chunkMs);
  return Array.from({ length: count }, (_, index) => ({
    index,
    fromMs: index * chunkMs,
    toMs: Math.min((index + 1) * chunkMs, durationMs),
  }));
}

const gridUp = (ms: number): number => Math.ceil(ms / segmentMs) * segmentMs;
