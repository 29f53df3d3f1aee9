import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder for one test file's clips; whoever makes it removes it. */
export const clipFolder = () => mkdtemp(join(tmpdir(), 'lectern-clips-'));

/** The first seconds of a recording, in the container that the new name's ending says. @returns the clip's path. */
export async function cutClip(source: string, seconds: number, target: string): Promise<string> {
  const args = ['-v', 'error', '-y', '-i', `file:${source}`, '-t', String(seconds), '-c', 'copy', `file:${target}`];
  await run('ffmpeg', args);
  return target;
}
