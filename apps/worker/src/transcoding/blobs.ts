import type { CheckedFile, CheckedStill, NamedRendition } from '#libs/media';
import { editionFolder, type BlobStore } from '#libs/storage';

/** Stores the initialisation and the segments of every rendition under their hashes. */
export const storeRenditions = (store: BlobStore, editionId: string, renditions: readonly NamedRendition[]) =>
  storePieces(store, editionId, renditions, () => true);

/** Stores what was encoded, piece by piece: the initialisation goes with the first segment of the edition. */
export const storePieces = (
  store: BlobStore,
  editionId: string,
  renditions: readonly NamedRendition[],
  begins = ({ segments }: NamedRendition): boolean => segments[0]?.index === 0,
) =>
  store.putAll(
    editionFolder(editionId),
    renditions.flatMap((rendition) => [
      ...(begins(rendition) ? [blob(rendition.init, 'mp4')] : []),
      ...rendition.segments.map((segment) => blob(segment, 'm4s')),
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
