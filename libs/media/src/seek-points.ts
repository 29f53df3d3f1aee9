import { segmentMs } from '#libs/domain';
import type { TrackScan } from './packet-scan.js';

/** How a container is sought. */
interface Seeking {
  /** Added to the time of the key frame that is meant, ms. */
  readonly aimMs: number;
  /** Whether it works only while the clock of the file never jumps. */
  readonly byClock: boolean;
}

const seekings: Readonly<Record<string, Seeking>> = {
  // By showing times: a target behind the key frame would lead behind it where a file calls every frame a key frame.
  mov: { aimMs: 0, byClock: false },
  // By an index of decoding times: ffmpeg itself seeks up to 3/23 s before its target.
  matroska: { aimMs: 131, byClock: false },
  // By guessing: a seek lands somewhere near, and the key frame must still be to come.
  mpegts: { aimMs: -1_000, byClock: true },
};

/** What to seek, ms on the edition's clock, so that decoding begins at a key frame and by no means later than `latestMs`. */
export const seekTarget = (format: string, keyFrameMs: number, latestMs: number): number =>
  Math.max(0, Math.min(keyFrameMs + (seekings[format]?.aimMs ?? 0), latestMs));

/**
 * Where decoding may begin, ms on the edition's clock, rounded up: the last key frame before every line of the grid. None
 * for a container in which a seek does not lead where it should.
 *
 * @param zero what ffmpeg takes for 0, in seconds
 */
export function seekPoints(format: string, scan: TrackScan, zero: number): number[] {
  const seeking = seekings[format];
  if (!seeking || (seeking.byClock && !scan.isSteady())) return [];
  const lastBefore = new Map<number, number>();
  for (const time of scan.keyTimes()) {
    const at = Math.ceil((time - zero) * 1000);
    if (at >= 0) lastBefore.set(Math.ceil(at / segmentMs), at);
  }
  return [...lastBefore.values()];
}
