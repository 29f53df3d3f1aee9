import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentPiece } from '#libs/domain';
import { require } from './fmp4/box.js';
import { readInitSegment, type InitSegment } from './fmp4/init-segment.js';
import { moveSegment, readMediaSegment } from './fmp4/media-segment.js';

/** A file that has been opened, measured and hashed, and may be published. */
export interface CheckedFile {
  /** Absolute. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface CheckedSegment extends CheckedFile, SegmentPiece {
  /** Of the edition, from 0. */
  readonly index: number;
  /** From the file's start to the end of its first picture; null for sound. */
  readonly keyBytes: number | null;
}

/** Segments of one rendition that follow each other. */
export interface CheckedRendition {
  readonly track: InitSegment;
  readonly init: CheckedFile;
  readonly segments: readonly CheckedSegment[];
}

/** Where a folder of segments belongs in its edition. */
export interface Place {
  /** Of the first segment. */
  readonly index: number;
  /** Where each segment begins, and at last where the last one ends, in ticks of the edition's clock; for sound only where it begins. */
  readonly lines: (track: InitSegment) => readonly number[];
}

/**
 * Opens every file of a rendition, while it is written or afterwards: an exit code proves nothing, ffmpeg's HLS muxer
 * exits 0 on a full disk.
 *
 * The folder is as `videoPlan` and `audioPlan` write it: an initialisation segment, `0.m4s`, `1.m4s` … on a clock of its
 * own, and each is brought to the edition's.
 */
export class RenditionReader {
  private head: Pick<CheckedRendition, 'track' | 'init'> | undefined;
  private lines: readonly number[] = [];
  private read = 0;
  /** Where the folder's own clock and the edition's are now, in ticks. */
  private own = 0;
  private endTicks = 0;

  constructor(
    private readonly folder: string,
    private readonly place: Place,
  ) {}

  /** Ends where the edition's clock is after what has been read, in seconds. */
  get endSeconds(): number {
    return this.head ? this.endTicks / this.head.track.timescale : 0;
  }

  /**
   * What has become whole since the last call; undefined while there is not even a beginning.
   *
   * @param isOver the encoder has come to its end. One that is stopped closes what it has: a last segment whose end no line
   *   tells is taken only then.
   * @throws {DomainError} `verify-failed`
   */
  async take(isOver: boolean): Promise<CheckedRendition | undefined> {
    const names = new Set(await readdir(this.folder));
    const head = (this.head ??= await this.readHead(names));
    if (!head) return undefined;
    const segments: CheckedSegment[] = [];
    const isSure = (): boolean => isOver || this.lines.length > 1 || names.has(`${this.read + 1}.m4s`);
    while (names.has(`${this.read}.m4s`) && isSure() && !this.isWhole()) segments.push(await this.next(head.track));
    return { ...head, segments };
  }

  /** @throws {DomainError} `verify-failed` unless all that was planned has been read. */
  requireWhole(): void {
    require(this.head !== undefined, 'the initialisation segment is missing');
    require(this.read > 0, 'there is not one segment');
    require(this.lines.length === 1 ||
      this.isWhole(), `only ${this.read} of ${this.lines.length - 1} segments are there`);
  }

  /** What comes after the last line belongs to the next chunk. */
  private isWhole(): boolean {
    return this.lines.length > 1 && this.read === this.lines.length - 1;
  }

  private async readHead(names: ReadonlySet<string>): Promise<typeof this.head> {
    // Of several renditions ffmpeg names the first ones `init_0.mp4`, `init_1.mp4` …
    const name = [...names].find((each) => /^init(_\d+)?\.mp4$/.test(each));
    if (name === undefined || !names.has('0.m4s')) return undefined;
    const path = join(this.folder, name);
    const data = await readFile(path);
    const track = readInitSegment(data);
    this.lines = this.place.lines(track);
    this.endTicks = this.lines[0] ?? 0;
    return { track, init: checked(path, data) };
  }

  private async next({ kind }: InitSegment): Promise<CheckedSegment> {
    const path = join(this.folder, `${this.read}.m4s`);
    const index = this.place.index + this.read;
    const data = await readFile(path);
    const { startTicks, durationTicks, keyBytes } = readMediaSegment(data, kind);
    if (this.read === 0) this.own = startTicks;
    require(startTicks === this.own, `segment ${index} does not begin where the one before it ended`);
    const movedBy = this.endTicks - startTicks;
    if (moveSegment(data, movedBy, index + 1)) await writeFile(path, data);
    this.own += durationTicks;
    this.endTicks += durationTicks;
    this.read++;
    const line = this.lines[this.read];
    require(line === undefined ||
      line === this.endTicks, `segment ${index} ends ${this.endTicks - (line ?? 0)} ticks after its line of the grid`);
    return { ...checked(path, data), index, durationTicks, keyBytes: kind === 'video' ? keyBytes : null };
  }
}

const checked = (path: string, data: Buffer): CheckedFile => ({
  path,
  sha256: createHash('sha256').update(data).digest('hex'),
  bytes: data.length,
});
