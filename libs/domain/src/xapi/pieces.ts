import { positionAt } from '../tracking/audience.js';
import { intersect, subtract, type Interval } from '../tracking/intervals.js';
import type { Span } from '../tracking/span.js';

/** What one learner saw without a break, by the media and by the wall clock. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

/** What played while somebody was there, and how their session's clock lies to the wall's. */
export interface Watching {
  /** Of one session, those that count. */
  readonly spans: readonly Span[];
  /** When the learner was there and it played, on the session's clock. */
  readonly played: readonly Interval[];
  /** What has been told of it before, on the same clock. */
  readonly told: readonly Interval[];
  readonly wallZeroMs: number;
  readonly lengthMs: number;
}

/** What is still to be told, in the order of the clock: what was told once is never told again. */
export function piecesOf({ spans, played, told, wallZeroMs, lengthMs }: Watching): Piece[] {
  const untold = subtract(played, told);
  const pieces: Piece[] = [];
  for (const span of [...spans].sort((a, b) => a.clockFromMs - b.clockFromMs)) {
    for (const [from, to] of intersect([[span.clockFromMs, span.clockToMs]], untold)) {
      const fromMs = positionAt(span, from);
      const toMs = Math.min(positionAt(span, to), lengthMs);
      // Spans may overlap by 50 ms (rule 1); statements are told one after the other.
      const wallFromMs = Math.max(wallZeroMs + from, pieces.at(-1)?.wallToMs ?? -Infinity);
      if (toMs <= fromMs || wallZeroMs + to <= wallFromMs) continue;
      append(pieces, { fromMs, toMs, rate: span.rate, wallFromMs, wallToMs: wallZeroMs + to });
    }
  }
  return pieces;
}

/** Nothing happened between the two but, perhaps, a change of the rate. */
export const isJoined = (piece: Piece, next: Piece): boolean =>
  piece.toMs === next.fromMs && piece.wallToMs === next.wallFromMs;

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (!last || last.rate !== piece.rate || !isJoined(last, piece)) pieces.push(piece);
  else pieces.splice(-1, 1, { ...last, toMs: piece.toMs, wallToMs: piece.wallToMs });
}
