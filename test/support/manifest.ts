import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files that tests use, by their folders. */
export const media = join(import.meta.dirname, '../media');

/** Every file of a folder with what its manifest expects: `accept`, or the code of its refusal. */
export const manifest = (folder: string) =>
  readFileSync(join(media, folder, 'MANIFEST.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([name = '', expected = '']) => [name, expected] as const);
