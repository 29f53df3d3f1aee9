import { KEPT_CACHE, blobPath, keptPlaylistPath } from './kept-addresses.js';
import type { KeptDatabase } from './kept-database.js';
import type { KeptLecture } from './kept-lecture.js';
import { bytesOf, type KeptManifest } from './keep-quality.js';
import { playlistsOf } from './kept-playlists.js';

const openShelf = (): Promise<Cache> => caches.open(KEPT_CACHE);

const playlistResponse = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' } });

/** Playlists come last: with them a lecture can be played from the device. */
export async function shelvePlaylists(manifest: KeptManifest): Promise<void> {
  const shelf = await openShelf();
  for (const [file, text] of playlistsOf(manifest))
    await shelf.put(keptPlaylistPath(manifest.editionId, file), playlistResponse(text));
}

export const isShelved = async ({ editionId }: KeptManifest): Promise<boolean> =>
  (await (await openShelf()).match(keptPlaylistPath(editionId, 'master.m3u8'))) !== undefined;

/** Paths of all that is there. */
export async function pathsOnShelf(): Promise<ReadonlySet<string>> {
  const requests = await (await openShelf()).keys();
  return new Set(requests.map(({ url }) => new URL(url).pathname));
}

/** Blobs that are not there yet, in the order in which they are fetched. */
export const missingOf = (
  { editionId }: KeptManifest,
  blobs: KeptManifest['blobs'],
  there: ReadonlySet<string>,
): KeptManifest['blobs'] => blobs.filter(({ name }) => !there.has(blobPath(editionId, name)));

/** Takes an edition off the device, with what has only begun to arrive. */
export async function clearShelf(db: KeptDatabase, manifest: KeptManifest): Promise<void> {
  const shelf = await openShelf();
  const { editionId } = manifest;
  for (const file of playlistsOf(manifest).keys()) await shelf.delete(keptPlaylistPath(editionId, file));
  for (const { name } of manifest.blobs) {
    const path = blobPath(editionId, name);
    await shelf.delete(path);
    await db.delete('partial', IDBKeyRange.bound([path, 0], [path, Infinity]));
  }
}

/** The browser may have cleared what it had promised to keep. */
export function asFound(kept: KeptLecture, there: ReadonlySet<string>): KeptLecture {
  const { manifest } = kept;
  if (!manifest) return kept;
  const missing = missingOf(manifest, manifest.blobs, there);
  const isWhole = missing.length === 0 && there.has(keptPlaylistPath(manifest.editionId, 'master.m3u8'));
  return { ...kept, isWhole, keptBytes: bytesOf(manifest.blobs) - bytesOf(missing) };
}
