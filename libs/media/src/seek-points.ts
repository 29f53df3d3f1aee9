import { segmentMs } from '#libs/domain';
import type { TrackScan } from './packet-scan.js';

/** Containers with an index, or in which ffmpeg makes one: a seek leads to the key frame that was meant. */
const indexed = new Set(['mov', 'matroska']);
/** Containers that are sought by guessing, and found again by their clock, as long as it never starts anew. */
const clocked = new Set(['mpegts']);

export const isIndexed = (format: string): boolean => indexed.has(format);

/**
 * Where decoding may begin, ms on the edition's clock, rounded up: the last key frame before every line of the grid. None
 * for a container in which a seek does not lead where it should.
 *
 * @param zero what ffmpeg takes for 0, in seconds
 */
export function seekPoints(format: string, scan: TrackScan, zero: number): number[] {
  if (!isIndexed(format) && !(clocked.has(format) && scan.isSteady())) return [];
  const lastBefore = new Map<number, number>();
  for (const time of scan.keyTimes()) {
    const at = Math.ceil((time - zero) * 1000);
    if (at >= 0) lastBefore.set(Math.ceil(at / segmentMs), at);
  }
  return [...lastBefore.values()];
}
