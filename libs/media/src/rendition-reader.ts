import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentPiece } from '#libs/domain';
import { require } from './fmp4/box.js';
import { readInitSegment, type InitSegment } from './fmp4/init-segment.js';
import { readMediaSegment } from './fmp4/media-segment.js';

/** A file that has been opened, measured and hashed, and may be published. */
export interface CheckedFile {
  /** Absolute. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface CheckedRendition {
  readonly track: InitSegment;
  readonly init: CheckedFile;
  readonly segments: readonly (CheckedFile & SegmentPiece)[];
  /** Of all samples. */
  readonly durationMs: number;
}

/**
 * Opens every file of an encoded rendition: an exit code proves nothing, ffmpeg's HLS muxer exits 0 on a full disk.
 *
 * @param folder as `videoPlan` and `audioPlan` write it: an initialisation segment, `0.m4s`, `1.m4s` …
 * @throws {DomainError} `verify-failed`
 */
export async function readRendition(folder: string): Promise<CheckedRendition> {
  const names = new Set(await readdir(folder));
  // Of several renditions ffmpeg names the first ones `init_0.mp4`, `init_1.mp4` …
  const initName = [...names].find((name) => /^init(_\d+)?\.mp4$/.test(name));
  require(initName !== undefined, 'the initialisation segment is missing');
  const { data, ...init } = await check(join(folder, initName));
  const track = readInitSegment(data);
  const segments: (CheckedFile & SegmentPiece)[] = [];
  let end = 0;
  while (names.has(`${segments.length}.m4s`)) {
    const { data: bytes, ...file } = await check(join(folder, `${segments.length}.m4s`));
    const { startTicks, durationTicks } = readMediaSegment(bytes, track.kind);
    require(startTicks === end, `segment ${segments.length} does not begin where the one before it ended`);
    end += durationTicks;
    segments.push({ ...file, durationTicks });
  }
  require(segments.length > 0, 'there is not one segment');
  const listed = [...names].filter((name) => name.endsWith('.m4s')).length;
  require(listed === segments.length, 'a segment is missing in between');
  return { track, init, segments, durationMs: (end / track.timescale) * 1000 };
}

async function check(path: string): Promise<CheckedFile & { data: Buffer }> {
  const data = await readFile(path);
  return { path, sha256: createHash('sha256').update(data).digest('hex'), bytes: data.length, data };
}
