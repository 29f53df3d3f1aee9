import { DomainError } from '#libs/domain';
import { codeOf, property } from './failure.js';

/** How object stores say that they are full: S3 itself never is, others have quotas and disks. */
const FULL = new Set([
  'QuotaExceeded',
  'InsufficientStorage',
  'StorageFull',
  'XMinioStorageFull',
  'InsufficientCapacity',
]);
const INSUFFICIENT_STORAGE = 507;

const statusOf = (error: unknown): unknown => property(property(error, '$metadata'), 'httpStatusCode');
/** Its name in the S3 API, the status of the answer, or the code of a broken connection. */
const said = (error: unknown): string =>
  [nameOf(error), statusOf(error), codeOf(error)].filter((part) => part !== undefined && part !== 'Unknown').join(' ');
function nameOf(error: unknown): string {
  const name = property(error, 'name');
  return typeof name === 'string' ? name : 'Unknown';
}

/** The rule that a failed request to an object store breaks. Tells no addresses. */
export function s3Failure(cause: unknown): DomainError {
  if (cause instanceof DomainError) return cause;
  if (FULL.has(nameOf(cause)) || statusOf(cause) === INSUFFICIENT_STORAGE) {
    return new DomainError('storage-full', 'There is no room left in the object store.', { cause });
  }
  return new DomainError('storage-failed', `The object store failed: ${said(cause)}.`, { cause });
}

/** @throws {DomainError} `storage-full`, `storage-failed` */
export const inBucket = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => Promise.reject(s3Failure(cause)));

/** Undefined where there is no such object; a missing bucket is a failure, where the store tells them apart. */
export const ifObject = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((cause: unknown) =>
    ['NoSuchKey', 'NotFound'].includes(nameOf(cause)) ? undefined : Promise.reject(s3Failure(cause)),
  );
