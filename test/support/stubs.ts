import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface StandIn {
  readonly remove: () => Promise<void>;
}

/** A program that stands before all others of its name, until it is taken away. */
export async function standIn(name: string, script: string): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-stub-'));
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  const before = process.env['PATH'] ?? '';
  process.env['PATH'] = `${folder}${delimiter}${before}`;
  const remove = async (): Promise<void> => {
    process.env['PATH'] = before;
    await rm(folder, { recursive: true, force: true });
  };
  return { remove };
}

/** What a program does that neither goes on nor listens to SIGTERM; `mark` stands in its command line. */
export const stuck = (mark: number): string => `trap '' TERM; exec sleep ${mark}`;
