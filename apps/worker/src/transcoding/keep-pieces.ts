import type { AcceptedFacts } from '#libs/domain';
import type { NamedRendition } from '#libs/media';
import type { BlobStore } from '#libs/storage';
import type { Work } from '../jobs/job-runner.js';
import { storePieces } from './blobs.js';
import { showEarly, writePieces } from './transcoding.queries.js';

/** Keeps pieces while the rest is still encoded: they are stored, then written under the fence of the job, then shown. */
export const keepPieces =
  (store: BlobStore, { edition, save }: Work, facts: AcceptedFacts) =>
  async (renditions: readonly NamedRendition[]): Promise<void> => {
    await storePieces(store, edition.id, renditions);
    await save(async (tx) => {
      await writePieces(tx, edition, renditions, facts);
      await showEarly(tx, edition, facts);
    });
  };
