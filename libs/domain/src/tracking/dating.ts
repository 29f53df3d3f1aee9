/** A reading of a boot's monotonic clock and the server's time at that moment, Unix milliseconds. */
export interface Anchor {
  readonly clockMs: number;
  readonly serverMs: number;
}

export interface SessionClock {
  readonly clockAtStartMs: number;
  /** When the device believes that the session started; null when it does not know. */
  readonly claimedStartMs: number | null;
  readonly firstReceivedMs: number;
  /** The last `clockToMs` of the session that was known at its first receipt. */
  readonly firstClockToMs: number;
  /** Of the spans that count, each with the first receipt of what counts of it. */
  readonly spans: readonly { readonly clockToMs: number; readonly receivedMs: number }[];
}

export type DatedBy = 'anchor' | 'claim' | 'receipt';

/** The wall-clock time at which the session's clock reads 0; dated by `receipt` means it was `redated`. */
export interface Dating {
  readonly wallZeroMs: number;
  readonly datedBy: DatedBy;
}

/** No device of this house was there before: whatever says that it was has a clock that is wrong. */
export const EARLIEST_CLAIM_MS = Date.UTC(2020, 0, 1);
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Ties go to the earlier reading, so that the order in which anchors came does not matter. */
function nearestAnchor(anchors: readonly Anchor[], clockMs: number): Anchor | undefined {
  const distance = (anchor: Anchor) => Math.abs(anchor.clockMs - clockMs);
  return [...anchors].sort((a, b) => distance(a) - distance(b) || a.clockMs - b.clockMs || a.serverMs - b.serverMs)[0];
}

/** Rule 5: a device's wall clock is never trusted; its monotonic clock is, from the nearest contact with the server. */
export function dateSession(session: SessionClock, anchors: readonly Anchor[]): Dating {
  const { clockAtStartMs, claimedStartMs, spans } = session;
  const anchor = nearestAnchor(anchors, clockAtStartMs);
  if (anchor) return { wallZeroMs: anchor.serverMs - anchor.clockMs, datedBy: 'anchor' };
  if (claimedStartMs !== null && claimedStartMs > EARLIEST_CLAIM_MS) {
    const wallZeroMs = claimedStartMs - clockAtStartMs;
    const isPossible = spans.every((span) => wallZeroMs + span.clockToMs <= span.receivedMs + CLOCK_TOLERANCE_MS);
    if (isPossible) return { wallZeroMs, datedBy: 'claim' };
  }
  return { wallZeroMs: session.firstReceivedMs - session.firstClockToMs, datedBy: 'receipt' };
}
