import type { Edition } from '#libs/database';
import { DomainError } from '#libs/domain';
import type { AcceptedFacts, Encode } from '#libs/media';
import { sourceKey, type BlobStore } from '#libs/storage';
import { dirname } from 'node:path';
import type { Work } from '../jobs/job-runner.js';

/** What the probe of this edition found. @throws {DomainError} `encode-failed` when it was never probed */
export function factsOf({ id, facts }: Edition): AcceptedFacts {
  if (!facts) throw new DomainError('encode-failed', `Edition ${id} has not been probed.`);
  return facts as unknown as AcceptedFacts;
}

/** Runs an encode of this edition in a scratch folder of its own, which is gone afterwards, whatever happens. */
export function inScratch<T>(store: BlobStore, work: Work, encode: (encode: Encode) => Promise<T>): Promise<T> {
  const { edition, signal } = work;
  return withOriginal(store, work, (source, folder) =>
    encode({ source, facts: factsOf(edition), folder, signal, onProgress: (share) => work.report(share) }),
  );
}

/** Lends a job its original by path, and an empty folder; both are gone afterwards. */
export async function withOriginal<T>(
  store: BlobStore,
  { job, edition, signal }: Work,
  use: (source: string, folder: string) => Promise<T>,
): Promise<T> {
  const place = (fence: number): string => `${job.id}-${fence}`;
  // What workers that were killed at this job have left.
  for (let fence = 1; fence < job.fence; fence++) await store.scratch.remove(place(fence));
  try {
    const folder = await store.scratch.make(`${place(job.fence)}/encode`);
    const content = { bytes: Number(edition.sourceBytes), sha256: edition.sourceSha256 };
    const source = await store.lend(sourceKey(edition.id), content, dirname(folder), signal);
    return await use(source, folder);
  } finally {
    await store.scratch.remove(place(job.fence));
  }
}
