import type { Edition } from '#libs/database';
import { DomainError } from '#libs/domain';
import type { AcceptedFacts, Encode } from '#libs/media';
import { sourceKey, type BlobStore } from '#libs/storage';
import type { Work } from '../jobs/job-runner.js';

/** What the probe of this edition found. @throws {DomainError} `encode-failed` when it was never probed */
export function factsOf({ id, facts }: Edition): AcceptedFacts {
  if (!facts) throw new DomainError('encode-failed', `Edition ${id} has not been probed.`);
  return facts as unknown as AcceptedFacts;
}

/** Runs an encode of this edition in a scratch folder of its own, which is gone afterwards, whatever happens. */
export async function inScratch<T>(store: BlobStore, work: Work, encode: (encode: Encode) => Promise<T>): Promise<T> {
  const { job, edition, signal } = work;
  const scratch = (fence: number): string => `${job.id}-${fence}`;
  // What workers that were killed at this job have left.
  for (let fence = 1; fence < job.fence; fence++) await store.remove(`work/${scratch(fence)}`);
  const folder = await store.makeScratch(scratch(job.fence));
  try {
    const source = store.pathOf(sourceKey(edition.id));
    return await encode({ source, facts: factsOf(edition), folder, signal, onProgress: (share) => work.report(share) });
  } finally {
    await store.remove(`work/${scratch(job.fence)}`);
  }
}
