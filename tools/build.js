// Builds API, worker and screens when something they are made of has changed.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.js';
import { step } from './progress.js';

const SOURCES = [
  'apps',
  'libs',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const stamp = join(root, 'dist/.built');

export async function build() {
  const newest = Math.max(...SOURCES.map((name) => newestIn(join(root, name))));
  if (builtAt() >= newest) return;
  const begun = new Date();
  await step('Building', () => run('npm', ['run', '--silent', 'build']));
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

function builtAt() {
  return statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The last change under a path, in ms; a folder's own time tells of files that were taken away. */
function newestIn(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
