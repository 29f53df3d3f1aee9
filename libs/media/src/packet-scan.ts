import { segmentMs, sourceLimits } from '#libs/domain';

/** One packet as ffprobe tells it; times in seconds, null where the container has none. */
export interface Packet {
  readonly pts: number | null;
  readonly dts: number | null;
  readonly seconds: number | null;
  readonly bytes: number;
  /** Decoded for others' sake, but not shown (edit lists). */
  readonly hidden: boolean;
  /** Decoding may begin here. */
  readonly key: boolean;
}

/** Jumps that ffmpeg, too, takes for a new start of the clock in formats that may have them (dts_delta_threshold). */
const forwardJump = 10;
const backwardJump = -0.1;
/** Enough packets to know a track's rhythm, however long it is. */
const maxSamples = 100_000;
/** Enough packets to know what is usual within a few seconds. */
const maxInStretch = 256;
/** Stretches of the longest lecture that is taken; what lies beyond is refused for its length anyway. */
const maxStretches = sourceLimits.maxDurationMs / segmentMs;

/** Seconds for which the usual size of a packet is taken, and one key frame is remembered. */
const stretchSeconds = segmentMs / 1000;

/** What the packets of one track hold, gathered one by one in constant memory. */
export class TrackScan {
  packets = 0;
  bytes = 0;
  private readonly gaps: number[] = [];
  private readonly sizes: number[] = [];
  private first = Infinity;
  private last = -Infinity;
  /** The same end with every jump of the clock taken out. */
  private joinedLast = -Infinity;
  private previous: number | null = null;
  private jumps = 0;
  private usualGap = { among: 0, gap: 0 };
  private readonly stretches = new Map<number, number[]>();
  private readonly keys = new Map<number, number>();

  add({ pts, dts, seconds, bytes, hidden, key }: Packet): void {
    this.packets++;
    this.bytes += bytes;
    if (this.sizes.length < maxSamples) this.sizes.push(bytes);
    const clock = dts ?? pts;
    if (clock === null) return;
    this.follow(clock);
    if (hidden) return;
    const shown = pts ?? clock;
    const length = seconds ?? this.gapSoFar();
    this.first = Math.min(this.first, shown);
    this.last = Math.max(this.last, shown + length);
    this.joinedLast = Math.max(this.joinedLast, shown + length - this.jumps);
    this.remember(shown, bytes, key);
  }

  private remember(at: number, bytes: number, key: boolean): void {
    const stretch = Math.floor(at / stretchSeconds);
    const sizes = this.stretches.get(stretch);
    if (!sizes && this.stretches.size >= maxStretches) return;
    if (!sizes) this.stretches.set(stretch, [bytes]);
    else if (sizes.length < maxInStretch) sizes.push(bytes);
    // The last one of each half stretch: one before every line of the grid, wherever the edition's clock starts.
    if (key) this.keys.set(Math.floor((2 * at) / stretchSeconds), at);
  }

  private follow(clock: number): void {
    const gap = this.previous === null ? 0 : clock - this.previous;
    this.previous = clock;
    if (gap > forwardJump || gap < backwardJump) this.jumps += gap - this.gapSoFar();
    else if (gap > 0 && this.gaps.length < maxSamples) this.gaps.push(gap);
  }

  /** Seconds on the file's own clock; null for a track without times. */
  firstAt(): number | null {
    return Number.isFinite(this.first) ? this.first : null;
  }

  /** @param joined whether jumps of the clock are new starts, as in a transport stream. */
  endAt(joined: boolean): number | null {
    const end = joined ? this.joinedLast : this.last;
    return Number.isFinite(end) ? end : null;
  }

  /** Seconds between two packets, the usual case; 0 for a single packet. */
  medianGap(): number {
    return median(this.gaps);
  }

  /** About the same, while packets come: however often it is asked, it sorts seldom. */
  private gapSoFar(): number {
    const { length } = this.gaps;
    if (length > 1.5 * this.usualGap.among) this.usualGap = { among: length, gap: median(this.gaps) };
    return this.usualGap.gap;
  }

  medianBytes(): number {
    return median(this.sizes);
  }

  /** The usual size of a packet in each four seconds of the file's own clock, by their number. */
  medianBytesByStretch(): ReadonlyMap<number, number> {
    return new Map([...this.stretches].map(([stretch, sizes]) => [stretch, median(sizes)]));
  }

  /** Where decoding may begin, in seconds on the file's own clock; at most one in two seconds. */
  keyTimes(): number[] {
    return [...this.keys.values()].toSorted((a, b) => a - b);
  }

  /** Whether the clock of the track never jumps. */
  isSteady(): boolean {
    return this.jumps === 0;
  }

  /** Packets a second, jumps of the clock left out; 0 for a single packet. */
  averageRate(): number {
    const spanned = this.gaps.reduce((sum, gap) => sum + gap, 0);
    return spanned > 0 ? this.gaps.length / spanned : 0;
  }
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
