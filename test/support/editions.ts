import { Edition, Rendition, Segment, Still } from '#libs/database';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource, QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export interface SeededEdition {
  readonly id: string;
  /** Three segments of 4 s, 4 s and 2 s. */
  readonly durationMs: 10_000;
  readonly segments: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A live edition, as the worker publishes one: two pictures and sound, a poster and a sheet of thumbnails; blobs of random bytes. */
export async function seedEdition(
  database: DataSource,
  mediaRoot: string,
  lectureId: string,
  { number = 1, live = true } = {},
): Promise<SeededEdition> {
  const id = uuidv7();
  const folder = join(mediaRoot, 'editions', id);
  await mkdir(folder, { recursive: true });
  const blob = async (extension: string, length: number) => {
    const bytes = randomBytes(length);
    await writeFile(join(folder, `${sha256(bytes)}.${extension}`), bytes);
    return { sha256: sha256(bytes), bytes, name: `${sha256(bytes)}.${extension}` };
  };
  const db = database.manager;
  await db.insert(Edition, {
    id,
    lectureId,
    number,
    sourceName: 'lecture.mp4',
    sourceBytes: '1000',
    sourceSha256: '0'.repeat(64),
    state: 'ready',
    live,
    shownEncode: 1,
    progress: 1,
    durationMs: 10_000,
    publishedAt: new Date(),
  });
  const segments: { name: string; bytes: Buffer }[] = [];
  const rendition = async (values: QueryDeepPartialEntity<Rendition>, size: number) => {
    const init = await blob('mp4', 700);
    const renditionId = uuidv7();
    const measured = { timescale: 1000, initSha256: init.sha256, initBytes: 700 };
    await db.insert(Rendition, { id: renditionId, editionId: id, ...measured, ...values });
    for (const [index, durationTicks] of [4000, 4000, 2000].entries()) {
      const piece = await blob('m4s', size);
      segments.push(piece);
      await db.insert(Segment, { renditionId, index, durationTicks, sha256: piece.sha256, bytes: size });
    }
  };
  const picture = { kind: 'video', frameRate: 25 } as const;
  await rendition({ ...picture, name: '240p', codecs: 'avc1.64000d', width: 426, height: 240 }, 20_000);
  await rendition({ ...picture, name: '480p', codecs: 'avc1.64001e', width: 854, height: 480 }, 60_000);
  await rendition({ kind: 'audio', name: 'audio', codecs: 'mp4a.40.2', channels: 1 }, 9_000);
  const tiles = { tileWidth: 160, tileHeight: 90, tileMs: 5_000 };
  for (const still of [
    { kind: 'poster', atMs: 1_000 },
    { kind: 'sheet', atMs: 0, ...tiles },
  ] as const) {
    const { sha256: digest } = await blob('jpg', 500);
    const size = { width: 320, height: 180, sha256: digest, bytes: 500 };
    await db.insert(Still, { id: uuidv7(), editionId: id, ...size, ...still });
  }
  return { id, durationMs: 10_000, segments };
}
