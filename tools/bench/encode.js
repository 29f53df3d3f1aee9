// CPU seconds of encoding a lecture: our whole pipeline against two references in the same run (encode/reference-encode.sh).
// `npm run bench -- encode [FILE or FOLDER …]`; by default the lectures of test/media. Both sides make the same ladder.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { printFigure } from '../figure.js';
import { root } from '../install.js';

const execute = promisify(execFile);
const here = join(import.meta.dirname, 'encode');

/** Runs a program and gives what it printed and the CPU seconds of it and all its children (bash's `time`). */
async function timed(command, args, env = {}) {
  const script = 'TIMEFORMAT="cpu %U %S"; time "$@"';
  const { stdout, stderr } = await execute('bash', ['-c', script, 'timed', command, ...args], {
    env: { ...process.env, ...env },
    maxBuffer: 16 * 1024 ** 2,
  });
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr);
  return { stdout, seconds: Number(user) + Number(system) };
}

async function measure(source) {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'));
  const reference = (mode, env) => timed(join(here, 'reference-encode.sh'), [mode, source, join(folder, mode)], env);
  try {
    const ours = await timed(process.execPath, [join(here, 'pipeline.js'), source, folder]);
    const still = ours.stdout.trim() === 'still';
    const single = await reference('single', still ? { DECIMATE: '1' } : {});
    const perRendition = await reference('per-rendition');
    const name = basename(source);
    const seconds = (value) => `${value.toFixed(1)} s`;
    printFigure(`${name}: CPU over one plain ffmpeg`, {
      value: ours.seconds / single.seconds,
      unit: '×',
      reference: `${seconds(ours.seconds)} against ${seconds(single.seconds)}`,
      atMost: 1.1,
    });
    printFigure(`${name}: CPU over one ffmpeg a rendition`, {
      value: ours.seconds / perRendition.seconds,
      unit: '×',
      reference: `${seconds(ours.seconds)} against ${seconds(perRendition.seconds)}`,
      atMost: still ? 0.55 : 0.75,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lecturesIn(path) {
  if (!(await stat(path)).isDirectory()) return [resolve(path)];
  const names = (await readdir(path)).filter((name) => name.endsWith('.mp4')).sort();
  return names.map((name) => resolve(path, name));
}

const paths = process.argv.length > 2 ? process.argv.slice(2) : [join(root, 'test/media')];
for (const source of (await Promise.all(paths.map(lecturesIn))).flat()) await measure(source);
