/** One packet as ffprobe tells it; times in seconds, null where the container has none. */
export interface Packet {
  readonly pts: number | null;
  readonly dts: number | null;
  readonly seconds: number | null;
  readonly bytes: number;
  /** Decoded for others' sake, but not shown (edit lists). */
  readonly hidden: boolean;
}

/** Jumps that ffmpeg, too, takes for a new start of the clock in formats that may have them (dts_delta_threshold). */
const forwardJump = 10;
const backwardJump = -0.1;
/** Enough packets to know a track's rhythm, however long it is. */
const maxSamples = 500_000;

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

  add({ pts, dts, seconds, bytes, hidden }: Packet): void {
    this.packets++;
    this.bytes += bytes;
    if (this.sizes.length < maxSamples) this.sizes.push(bytes);
    const clock = dts ?? pts;
    if (clock === null) return;
    this.follow(clock);
    if (hidden) return;
    const shown = pts ?? clock;
    const length = seconds ?? this.medianGap();
    this.first = Math.min(this.first, shown);
    this.last = Math.max(this.last, shown + length);
    this.joinedLast = Math.max(this.joinedLast, shown + length - this.jumps);
  }

  private follow(clock: number): void {
    const gap = this.previous === null ? 0 : clock - this.previous;
    this.previous = clock;
    if (gap > forwardJump || gap < backwardJump) this.jumps += gap - this.medianGap();
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

  medianBytes(): number {
    return median(this.sizes);
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
