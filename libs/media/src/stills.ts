import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceDurationMs, type AcceptedFacts } from '#libs/domain';
import { encodeLimits, type Encode } from './encode.js';
import type { Ffmpeg } from './ffmpeg.js';
import { readJpegSize } from './jpeg.js';
import { quietMs } from './patience.js';
import type { CheckedFile } from './rendition-reader.js';
import { stillName, stillsPlan, tileMs, tileSize, tilesPerSheet } from './stills-plan.js';

export interface CheckedStill extends CheckedFile {
  readonly kind: 'poster' | 'sheet';
  /** When it was taken; of a sheet, what its first thumbnail stands for. */
  readonly atMs: number;
  readonly width: number;
  readonly height: number;
  /** Of a sheet: the size of a thumbnail, and the time from one to the next. */
  readonly tileWidth: number | null;
  readonly tileHeight: number | null;
  readonly tileMs: number | null;
}

/** A poster, and sheets of a thumbnail for every ten seconds. @throws {DomainError} `encode-*`, `storage-full` */
export async function takeStills(ffmpeg: Ffmpeg, encode: Encode): Promise<{ stills: CheckedStill[]; cpuMs: number }> {
  const { source, facts, folder, signal } = encode;
  await mkdir(folder, { recursive: true });
  const pace = {
    limits: encodeLimits(sourceDurationMs(facts)),
    // A sheet shows when it is full.
    quietMs: quietMs(facts, tilesPerSheet * tileMs),
  };
  const cpuMs = await ffmpeg.encode(stillsPlan(facts), { source, folder, ...pace, signal });
  const taken = (await Promise.all((await readdir(folder)).map((name) => read(folder, name, facts)))).flat();
  const poster = choosePoster(taken.filter(({ kind }) => kind === 'poster'));
  return { stills: [...(poster ? [poster] : []), ...taken.filter(({ kind }) => kind === 'sheet')], cpuMs };
}

/** The earliest picture with something on it: a black or empty one makes a small JPEG. */
export function choosePoster<Picture extends { atMs: number; bytes: number }>(
  candidates: readonly Picture[],
): Picture | undefined {
  const richest = Math.max(0, ...candidates.map(({ bytes }) => bytes));
  return candidates.toSorted((a, b) => a.atMs - b.atMs).find(({ bytes }) => bytes * 3 >= richest);
}

async function read(folder: string, name: string, { video }: AcceptedFacts): Promise<CheckedStill[]> {
  const [, kind, number] = stillName.exec(name) ?? [];
  if (kind !== 'poster' && kind !== 'sheet') return [];
  const path = join(folder, name);
  const data = await readFile(path);
  const sha256 = createHash('sha256').update(data).digest('hex');
  const file = { path, sha256, bytes: data.length, ...readJpegSize(data) };
  if (kind === 'poster')
    return [{ kind, atMs: Number(number), ...file, tileWidth: null, tileHeight: null, tileMs: null }];
  const { width: tileWidth, height: tileHeight } = tileSize(video);
  return [{ kind, atMs: Number(number) * tilesPerSheet * tileMs, ...file, tileWidth, tileHeight, tileMs }];
}
