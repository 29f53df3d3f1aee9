import { DomainError } from '#libs/domain';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, opendir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { BlobStore, type Content, type NewBlob, type Span, type StoredBlob } from './blob-store.js';
import { codeOf, ifThere, onDisk } from './failure.js';
import { sha256Of } from './hash.js';
import { hashIn } from './keys.js';
import { Scratch } from './scratch.js';

/** Blobs on a disk that every process of the house mounts: written under another name, synced, verified and renamed. */
export class DiskBlobStore extends BlobStore {
  /** @param root absolute */
  constructor(private readonly root: string) {
    super(new Scratch(root));
  }

  /** For programs that read files by their path, such as a web server. */
  pathOf(key: string): string {
    return join(this.root, key);
  }

  override async putAll(folder: string, files: readonly NewBlob[]): Promise<void> {
    await onDisk(mkdir(this.pathOf(folder), { recursive: true }));
    for (const file of files) await onDisk(this.put(this.pathOf(folder), file));
    await onDisk(syncFolder(this.pathOf(folder)));
    await onDisk(syncFolder(dirname(this.pathOf(folder))));
  }

  override async sizeOf(key: string): Promise<number | undefined> {
    const found = await ifThere(stat(this.pathOf(key)));
    return found?.isFile() ? found.size : undefined;
  }

  override async read(key: string, span?: Span): Promise<Readable | undefined> {
    const file = await ifThere(open(this.pathOf(key)));
    return file?.createReadStream(span ? { start: span.first, end: span.last } : {});
  }

  override async *list(folder: string): AsyncGenerator<StoredBlob> {
    const entries = await ifThere(opendir(this.pathOf(folder)));
    for await (const entry of entries ?? []) {
      const found = entry.isFile() ? await ifThere(stat(join(this.pathOf(folder), entry.name))) : undefined;
      if (found) yield { name: entry.name, bytes: found.size, changedAt: found.mtime };
    }
  }

  override async *folders(folder: string): AsyncGenerator<string> {
    const entries = await ifThere(readdir(this.pathOf(folder), { withFileTypes: true }));
    for (const entry of entries ?? []) if (entry.isDirectory()) yield entry.name;
  }

  override async remove(key: string): Promise<void> {
    await onDisk(rm(this.pathOf(key), { recursive: true, force: true }));
  }

  /** Drafts on a disk are files among the others: a listing shows them. */
  override removeDrafts(): Promise<void> {
    return Promise.resolve();
  }

  /** The blob itself. */
  override async lend(key: string): Promise<string> {
    if ((await this.sizeOf(key)) === undefined) {
      throw new DomainError('original-gone', 'The original is not in the store.');
    }
    return this.pathOf(key);
  }

  /** The disk may be another machine's, with a clock of its own. */
  override async now(): Promise<Date> {
    const path = this.pathOf(`clock.${uuidv7()}`);
    try {
      await onDisk(writeFile(path, ''));
      return (await onDisk(stat(path))).mtime;
    } finally {
      await onDisk(rm(path, { force: true }));
    }
  }

  override check(): Promise<{ freeBytes: number }> {
    return this.scratch.check();
  }

  private async put(folder: string, { name, path, content }: NewBlob): Promise<void> {
    const draft = join(folder, `${name}.${uuidv7()}.draft`);
    try {
      const isCopy = await moveOrCopy(path, draft);
      await sync(draft);
      await verify(draft, content, isCopy || !content ? (content?.sha256 ?? hashIn(name)) : undefined);
      await rename(draft, join(folder, name));
    } finally {
      await rm(draft, { force: true });
    }
  }
}

/**
 * A full disk says so at the sync, whose data are then on the disk as far as it can be told from here: whoever reads them
 * back is answered from memory. So a file that was moved is compared by its length with what was measured of it; a copy, and
 * whatever nobody has measured, is hashed, which costs a millisecond for each MB.
 */
async function verify(path: string, content: Content | undefined, sha256: string | undefined): Promise<void> {
  const { size } = await stat(path);
  const holds =
    (content === undefined || content.bytes === size) &&
    (sha256 === undefined || (await sha256Of(createReadStream(path))) === sha256);
  if (!holds) throw new DomainError('storage-failed', 'A file on the disk is not what was written.');
}

/** Scratch and blobs lie on one disk as a rule; where they do not, the bytes are copied. @returns whether they were */
const moveOrCopy = (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(
    () => false,
    async (error: unknown) => {
      if (codeOf(error) !== 'EXDEV') throw error;
      await copyFile(from, to);
      return true;
    },
  );

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync().finally(() => file.close());
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
