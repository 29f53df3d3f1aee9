import type { CheckedStill, NamedRendition } from '#libs/media';
import { editionFolder, type BlobStore } from '#libs/storage';

/** Stores the initialisation and the segments of every rendition under their hashes. */
export const storeRenditions = (store: BlobStore, editionId: string, renditions: readonly NamedRendition[]) =>
  store.putAll(
    editionFolder(editionId),
    renditions.flatMap(({ init, segments }) => [
      { name: `${init.sha256}.mp4`, path: init.path },
      ...segments.map(({ sha256, path }) => ({ name: `${sha256}.m4s`, path })),
    ]),
  );

export const storeStills = (store: BlobStore, editionId: string, stills: readonly CheckedStill[]) =>
  store.putAll(
    editionFolder(editionId),
    stills.map(({ sha256, path }) => ({ name: `${sha256}.jpg`, path })),
  );
