import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';

const run = promisify(execFile);

const bytes = 64 * 1024 ** 2;
/** An old turning disk that is busy: every request waits for its turn. */
const delays = ['delay-read=5ms', 'delay-write=25ms'];

/**
 * A disk of its own in memory whose every read and write takes its time, and which is written through: a file of another
 * filing system, mounted. Only root may do that, where there are /dev/fuse and /dev/loop-control.
 */
export class SlowDisk {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  static async mount(): Promise<SlowDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-slow-disk-'));
    const [image, mountPoint] = [join(folder, 'image'), join(folder, 'served')];
    await mkdir(mountPoint);
    await run('truncate', ['-s', String(bytes), image]);
    await run('mkfs.ext4', ['-q', '-F', image]);
    const nbdkit = ['nbdkit', '--exit-with-parent', '--filter=delay', 'file', image, ...delays];
    const server = spawn('nbdfuse', [mountPoint, '[', ...nbdkit, ']'], { stdio: 'inherit' });
    const disk = new SlowDisk(folder, server);
    const served = join(mountPoint, 'nbd');
    await eventually('the disk', () => stat(served).catch(() => undefined));
    await mkdir(disk.root);
    await run('mount', ['-o', 'loop,sync', served, disk.root]);
    return disk;
  }

  get root(): string {
    return join(this.folder, 'disk');
  }

  async unmount(): Promise<void> {
    await run('umount', [this.root]);
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    await run('umount', [join(this.folder, 'served')]);
    await ended;
    await rm(this.folder, { recursive: true });
  }
}
