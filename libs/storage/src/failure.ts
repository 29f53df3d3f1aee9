import { DomainError } from '#libs/domain';

/** Of an error of the file system. Errors of Node are not `instanceof Error` in every realm, so only this is looked at. */
export const codeOf = (error: unknown): unknown => property(error, 'code');

export const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** Tells a full disk from any other failure of the file system, and no paths. What is a broken rule already stays so. */
export function diskFailure(cause: unknown): DomainError {
  if (cause instanceof DomainError) return cause;
  if (codeOf(cause) === 'ENOSPC' || codeOf(cause) === 'EDQUOT') {
    return new DomainError('storage-full', 'There is no room left on the disk.', { cause });
  }
  return new DomainError('storage-failed', `The disk failed: ${String(codeOf(cause) ?? cause)}.`, { cause });
}

/** @throws {DomainError} `storage-full`, `storage-failed` */
export const onDisk = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => Promise.reject(diskFailure(cause)));

/** Undefined where there is no such file or folder. @throws {DomainError} `storage-full`, `storage-failed` */
export const ifThere = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((cause: unknown) =>
    codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR' ? undefined : Promise.reject(diskFailure(cause)),
  );
