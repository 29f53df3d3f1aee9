import type { IngestShare } from '#libs/config';

/** In thousandths, which a whole millisecond fills by a whole number: with fractions, who waited as told could still be early. */
const PARTS = 1000;

interface Level {
  readonly left: number;
  readonly atMs: number;
}

/**
 * Token buckets by any key: who sends more than their share is told after how many seconds there is room again. A bucket
 * that has filled up again is as good as none, so only so many are kept, the longest unused given up first.
 */
export class Buckets {
  private readonly levels = new Map<string, Level>();

  constructor(
    private readonly share: IngestShare,
    private readonly mostKeys = 50_000,
  ) {}

  /**
   * Seconds, to the millisecond, until this would be let in, 0 when it may come now. More than a whole burst is let in by a
   * full bucket.
   */
  waitS(key: string, cost: number, nowMs: number): number {
    const needed = Math.min(cost, this.share.burst) * PARTS;
    const waitMs = Math.ceil((needed - this.leftOf(key, nowMs)) / this.share.perSecond);
    return Math.max(0, waitMs) / 1000;
  }

  take(key: string, cost: number, nowMs: number): void {
    const left = this.leftOf(key, nowMs) - cost * PARTS;
    this.levels.delete(key);
    this.levels.set(key, { left, atMs: nowMs });
    if (this.levels.size <= this.mostKeys) return;
    const [oldest] = this.levels.keys();
    if (oldest !== undefined) this.levels.delete(oldest);
  }

  private leftOf(key: string, nowMs: number): number {
    const { burst, perSecond } = this.share;
    const level = this.levels.get(key);
    if (!level) return burst * PARTS;
    return Math.min(burst * PARTS, level.left + Math.max(0, nowMs - level.atMs) * perSecond);
  }
}
