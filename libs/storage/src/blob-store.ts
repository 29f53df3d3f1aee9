import { DomainError } from '#libs/domain';
import { constants } from 'node:fs';
import { access, copyFile, mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';

/** Where each thing lies. Keys are made of ids and hashes only: nothing that a person typed is ever a path. */
export const sourceKey = (editionId: string): string => `sources/${editionId}`;
export const editionFolder = (editionId: string): string => `editions/${editionId}`;
export const blobKey = (editionId: string, name: string): string => `${editionFolder(editionId)}/${name}`;

/** Blobs on a local disk. What is there is whole: it was written under another name, synced and renamed. */
export class BlobStore {
  /** @param root absolute */
  constructor(private readonly root: string) {}

  /** For programs that read a file by its path, such as ffmpeg or a web server. */
  pathOf(key: string): string {
    return join(this.root, key);
  }

  /** A folder for one job's scratch, empty at first; whoever makes it calls `remove` at the end. */
  async makeScratch(id: string): Promise<string> {
    const folder = this.pathOf(`work/${id}`);
    await guard(rm(folder, { recursive: true, force: true }));
    await guard(mkdir(folder, { recursive: true }));
    return folder;
  }

  /**
   * Takes over finished files as blobs of one folder, durably. A blob that is there already is left as it is: its name is
   * its content.
   *
   * @throws {DomainError} `storage-full`, `storage-failed`
   */
  async putAll(folder: string, files: readonly { readonly name: string; readonly path: string }[]): Promise<void> {
    await guard(mkdir(this.pathOf(folder), { recursive: true }));
    for (const { name, path } of files) await guard(this.put(join(folder, name), path));
    await guard(syncFolder(this.pathOf(folder)));
    await guard(syncFolder(dirname(this.pathOf(folder))));
  }

  /** Removes a file, or a folder with all that is in it. @throws {DomainError} `storage-failed` */
  async remove(key: string): Promise<void> {
    await guard(rm(this.pathOf(key), { recursive: true, force: true }));
  }

  /** Whether blobs can be written, and how much room is left. @throws {DomainError} `storage-failed` */
  async check(): Promise<{ freeBytes: number }> {
    await guard(mkdir(this.root, { recursive: true }));
    await guard(access(this.root, constants.W_OK));
    const { bavail, bsize } = await guard(statfs(this.root));
    return { freeBytes: bavail * bsize };
  }

  private async put(key: string, from: string): Promise<void> {
    const draft = `${this.pathOf(key)}.${uuidv7()}.draft`;
    try {
      await moveOrCopy(from, draft);
      await sync(draft);
      await rename(draft, this.pathOf(key));
    } finally {
      await rm(draft, { force: true });
    }
  }
}

/** Scratch and blobs lie on one disk as a rule; where they do not, the bytes are copied. */
const moveOrCopy = (from: string, to: string): Promise<void> =>
  rename(from, to).catch((error: unknown) =>
    codeOf(error) === 'EXDEV' ? copyFile(from, to) : Promise.reject(asError(error)),
  );

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync().finally(() => file.close());
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Tells a full disk from any other failure of the storage. */
async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (codeOf(cause) === 'ENOSPC' || codeOf(cause) === 'EDQUOT') {
      throw new DomainError('storage-full', 'There is no room left on the disk.', { cause });
    }
    throw new DomainError('storage-failed', `The disk failed: ${asError(cause).message}`, { cause });
  }
}
