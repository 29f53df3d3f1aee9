// The encodes of one lecture that figures compare: ours and the references', all with the same ladder.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { measuredRun } from './measured-run.js';

const here = import.meta.dirname;

/** Our whole pipeline, as workers would run it; stills are counted apart. */
export async function encodeByUs({ source }, folder) {
  const { stdout } = await measuredRun(process.execPath, [join(here, 'pipeline.js'), source, folder]);
  const { renditions, ...cost } = JSON.parse(stdout);
  return { renditions, ...cost, bytes: sumOf(renditions) };
}

/** @param {'per-rendition' | 'single'} mode see reference-encode.sh */
export async function encodeByReference(mode, { source, facts }, folder) {
  const env = mode === 'single' && facts.video.still ? { DECIMATE: '1' } : {};
  const run = await measuredRun(join(here, 'reference-encode.sh'), [mode, source, folder], env);
  const names = (await readdir(folder)).filter((name) => /\.(mp4|m4s)$/.test(name));
  const renditions = await Promise.all(
    names.map(async (name) => ({ name, path: join(folder, name), bytes: (await stat(join(folder, name))).size })),
  );
  return { ...run, renditions, bytes: sumOf(renditions) };
}

const sumOf = (renditions) => renditions.reduce((sum, { bytes }) => sum + bytes, 0);
