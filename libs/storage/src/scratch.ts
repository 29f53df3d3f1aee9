import { constants } from 'node:fs';
import { access, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere, onDisk } from './failure.js';

/** Folders on this machine's disk for work under way: programs such as ffmpeg need paths. All of it may be lost. */
export class Scratch {
  private readonly folder: string;

  /** @param root absolute; scratch lies in `work` under it */
  constructor(private readonly root: string) {
    this.folder = join(root, 'work');
  }

  /** A folder of its own, empty at first; whoever makes it removes it at the end. */
  async make(id: string): Promise<string> {
    const folder = join(this.folder, id);
    await onDisk(rm(folder, { recursive: true, force: true }));
    await onDisk(mkdir(folder, { recursive: true }));
    return folder;
  }

  async remove(id: string): Promise<void> {
    await onDisk(rm(join(this.folder, id), { recursive: true, force: true }));
  }

  /** What lies there, and when the last thing was put into it, by the disk's clock. */
  async list(): Promise<{ id: string; changedAt: Date }[]> {
    const found: { id: string; changedAt: Date }[] = [];
    for (const id of (await ifThere(readdir(this.folder))) ?? []) {
      const facts = await ifThere(stat(join(this.folder, id)));
      if (facts) found.push({ id, changedAt: facts.mtime });
    }
    return found;
  }

  /** Whether this machine's disk can be written, and how much room it has. @throws {DomainError} `storage-failed` */
  async check(): Promise<{ freeBytes: number }> {
    await onDisk(mkdir(this.root, { recursive: true }));
    await onDisk(access(this.root, constants.W_OK));
    const { bavail, bsize } = await onDisk(statfs(this.root));
    return { freeBytes: bavail * bsize };
  }
}
