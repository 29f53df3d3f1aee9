/** A lecture that is kept on a device, as far as making room goes. */
export interface KeptThing {
  readonly id: string;
  /** What would become free. */
  readonly bytes: number;
  readonly isPinned: boolean;
  readonly isPlaying: boolean;
  /** Taken from the catalogue, or replaced by a newer edition. */
  readonly isOutdated: boolean;
  /** Watched to the end here. */
  readonly isWatched: boolean;
  /** When it was last played, or else kept; ms. */
  readonly usedAtMs: number;
}

/** Kept and never watched is what somebody waits for: it makes room for nothing. */
const mayGo = ({ isPinned, isPlaying, isOutdated, isWatched }: KeptThing): boolean =>
  !isPinned && !isPlaying && (isOutdated || isWatched);

/** Which goes first: what the catalogue no longer has, then what was used the longest ago. */
const inTurn = (one: KeptThing, other: KeptThing): number =>
  Number(other.isOutdated) - Number(one.isOutdated) || one.usedAtMs - other.usedAtMs || (one.id < other.id ? -1 : 1);

/**
 * What must go so that `bytes` more find room; empty when nothing need go.
 *
 * @returns undefined when all that may go would not be enough: then nothing goes.
 */
export function roomFor(bytes: number, freeBytes: number, kept: readonly KeptThing[]): string[] | undefined {
  const going: string[] = [];
  let free = freeBytes;
  for (const { id, bytes: freed } of kept.filter(mayGo).sort(inTurn)) {
    if (free >= bytes) break;
    going.push(id);
    free += freed;
  }
  return free >= bytes ? going : undefined;
}
