import type { CheckedFile, CheckedStill, NamedRendition } from '#libs/media';
import { editionFolder, type BlobStore } from '#libs/storage';

/**
 * Stores pieces of renditions under their hashes. The initialisation goes with the first segment of the edition: it is the
 * same for all, and nothing is shown before.
 */
export const storePieces = (store: BlobStore, editionId: string, renditions: readonly NamedRendition[]) =>
  store.putAll(
    editionFolder(editionId),
    renditions.flatMap(({ init, segments }) => [
      ...(segments[0]?.index === 0 ? [blob(init, 'mp4')] : []),
      ...segments.map((segment) => blob(segment, 'm4s')),
    ]),
  );

/** What was measured goes along: the store compares with it what it has kept. */
const blob = ({ sha256, bytes, path }: CheckedFile, extension: string) => ({
  ...{ name: `${sha256}.${extension}`, path, content: { sha256, bytes } },
});

export const storeStills = (store: BlobStore, editionId: string, stills: readonly CheckedStill[]) =>
  store.putAll(
    editionFolder(editionId),
    stills.map((still) => blob(still, 'jpg')),
  );

/** What renditions weigh, their beginnings included. */
export const bytesOf = (renditions: readonly NamedRendition[]): number =>
  renditions.flatMap(({ init, segments }) => [init, ...segments]).reduce((sum, { bytes }) => sum + bytes, 0);
