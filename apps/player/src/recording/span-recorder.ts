import { faultOf, type Span } from '#libs/domain';
import type { Moment } from './moment.js';

/** Media that may be missing between two looks at the player before it was a stall or a sleep. */
const STALL_MS = 250;
/** Media that may be too much between two looks before it was a jump. */
const JUMP_MS = 50;

/**
 * Turns what a player does into spans (TRACKING.md). It believes what it sees, not what the player says: when media and
 * clock part company between two looks (a stall, a sleep, a jump that no event told of), the span ends at the look before.
 * Whatever it hands out is admissible by rule 1.
 */
export class SpanRecorder {
  private seq = 0;
  private running: Span | undefined;
  private readonly changed = new Map<number, Span>();

  /** @param lengthMs Of the edition; what plays past it is not claimed. */
  constructor(private readonly lengthMs: number) {}

  /** Media began to move at `rate`, or went on at another. */
  start(moment: Moment, rate: number): void {
    this.finish();
    const [mediaMs, clockMs] = this.reading(moment);
    this.running = {
      seq: this.seq,
      fromMs: mediaMs,
      toMs: mediaMs,
      rate,
      clockFromMs: clockMs,
      clockToMs: clockMs,
    };
  }

  /** A look at the player while it plays. */
  advance(moment: Moment): void {
    if (!this.running || this.extend(moment)) return;
    this.start(moment, this.running.rate);
  }

  /** Media stopped: pause, seek, stall, the end, or a change of rate that {@link start} follows. */
  stop(moment: Moment): void {
    if (this.running) this.extend(moment);
    this.finish();
  }

  /** Media stopped at a moment that nobody saw: the span ends at the last look. */
  finish(): void {
    const span = this.running;
    this.running = undefined;
    if (span && isWorthKeeping(span)) {
      this.changed.set(span.seq, span);
      this.seq = span.seq + 1;
    }
  }

  /** What began or grew since the last call, the span under way among it. */
  take(): Span[] {
    if (this.running && isWorthKeeping(this.running)) this.changed.set(this.running.seq, this.running);
    const spans = [...this.changed.values()];
    this.changed.clear();
    return spans;
  }

  private extend(moment: Moment): boolean {
    const span = this.running;
    if (!span) return false;
    const [mediaMs, clockMs] = this.reading(moment);
    const grown = { ...span, toMs: mediaMs, clockToMs: clockMs };
    const isContinuous = hasFlowed(span, grown) && isStillAdmissible(grown);
    if (isContinuous) this.running = grown;
    return isContinuous;
  }

  private reading({ mediaMs, clockMs }: Moment): [mediaMs: number, clockMs: number] {
    return [Math.min(Math.round(mediaMs), this.lengthMs), Math.round(clockMs)];
  }
}

function hasFlowed(before: Span, after: Span): boolean {
  const playedMs = after.toMs - before.toMs;
  const surplusMs = playedMs - before.rate * (after.clockToMs - before.clockToMs);
  return playedMs >= 0 && after.clockToMs >= before.clockToMs && surplusMs <= JUMP_MS && -surplusMs <= STALL_MS;
}

const isWorthKeeping = (span: Span): boolean => faultOf(span, Infinity) === undefined;

/** A span that has only just begun is not yet long enough to be judged. */
function isStillAdmissible(span: Span): boolean {
  const fault = faultOf(span, Infinity);
  return fault === undefined || fault === 'too-short' || span.toMs === span.fromMs;
}
