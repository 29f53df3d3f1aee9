/** A segment as bit rates see it. */
export interface Piece {
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * The largest bit rate, in bits a second, of any contiguous run of segments whose duration lies between half and one and
 * a half target durations plus half a second (rfc8216bis 4.4.6.2, HLS-V03). Content too short for such a run has one
 * rate, its average.
 */
export function peakBps(pieces: readonly Piece[], target: number): number {
  const shortest = target * 0.5;
  const longest = target * 1.5 + 0.5;
  let peak = 0;
  for (const first of pieces.keys()) {
    let seconds = 0;
    let bytes = 0;
    for (const piece of pieces.slice(first, first + maxRun(pieces, first, longest))) {
      seconds += piece.seconds;
      bytes += piece.bytes;
      if (seconds >= shortest && seconds <= longest) peak = Math.max(peak, (bytes * 8) / seconds);
    }
  }
  return Math.ceil(peak > 0 ? peak : averageBps(pieces));
}

/** Bits a second over the whole. */
export function averageBps(pieces: readonly Piece[]): number {
  const seconds = pieces.reduce((sum, piece) => sum + piece.seconds, 0);
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  return seconds > 0 ? Math.ceil((bytes * 8) / seconds) : 0;
}

/** How many segments from `first` on fit into `longest` seconds. */
function maxRun(pieces: readonly Piece[], first: number, longest: number): number {
  let seconds = 0;
  let count = 0;
  for (let at = first; at < pieces.length && seconds <= longest; at++, count++) seconds += pieces[at]?.seconds ?? 0;
  return count;
}
