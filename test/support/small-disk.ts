import { execFile } from 'node:child_process';
import { mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own, in memory, that can be filled, emptied again, and made read-only. Only root may mount it. */
export class SmallDisk {
  private constructor(
    readonly root: string,
    private readonly bytes: number,
  ) {}

  static async mount(bytes: number): Promise<SmallDisk> {
    const root = await mkdtemp(join(tmpdir(), 'lectern-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', root]);
    return new SmallDisk(root, bytes);
  }

  /** Leaves no byte. */
  async fill(): Promise<void> {
    await writeFile(this.filler, Buffer.alloc(this.bytes)).catch(() => undefined);
  }

  async empty(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  async set(mode: 'ro' | 'rw'): Promise<void> {
    await run('mount', ['-o', `remount,${mode}`, this.root]);
  }

  async resize(bytes: number): Promise<void> {
    await run('mount', ['-o', `remount,size=${bytes}`, this.root]);
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.root]);
    await rmdir(this.root);
  }

  private get filler(): string {
    return join(this.root, 'filler');
  }
}
