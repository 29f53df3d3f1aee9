import type { Edition } from '#libs/database';
import { type AcceptedFacts, DomainError, ladder, type Rung } from '#libs/domain';
import type { Encode } from '#libs/media';
import { sourceKey, type BlobStore } from '#libs/storage';
import { dirname } from 'node:path';
import type { Work } from '../jobs/job-runner.js';

/** What the probe of this edition found. @throws {DomainError} `encode-failed` when it was never probed */
export function factsOf({ id, facts }: Edition): AcceptedFacts {
  if (!facts) throw new DomainError('encode-failed', `Edition ${id} has not been probed.`);
  return facts as unknown as AcceptedFacts;
}

/** The rungs that were planned for this encode; an edition that was planned before they were kept has those of today. */
export const rungsOf = (edition: Edition): readonly Rung[] => edition.ladder ?? ladder(factsOf(edition).video);

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
  } catch (error) {
    throw await causeOf(error, store);
  } finally {
    await store.scratch.remove(place(job.fence));
  }
}

/** Less than a piece and its neighbours take. */
const NO_ROOM_BYTES = 16 * 1024 ** 2;

/**
 * Programs word a full disk in many ways, or not at all (ffmpeg's HLS muxer then exits 0): what goes wrong while there is
 * no room goes wrong for want of it, and what goes wrong while the disk cannot be written is the disk's fault.
 */
async function causeOf(error: unknown, { scratch }: BlobStore): Promise<unknown> {
  if (error instanceof DomainError && !/^(encode|verify)-/.test(error.code)) return error;
  const { freeBytes } = await scratch.check();
  if (freeBytes > NO_ROOM_BYTES) return error;
  return new DomainError('storage-full', 'There is no room left on the disk to encode in.', { cause: error });
}
