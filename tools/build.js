// Builds API, worker and screens: `npm run build` always, npm start when something they are made of has changed.
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.js';
import { explain, say, step } from './progress.js';

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

const bin = (name) => join(root, 'node_modules/.bin', name);

/** Builds unless nothing has changed since the last time. */
export async function build() {
  const newest = Math.max(...SOURCES.map((name) => newestIn(join(root, name))));
  if (builtAt() < newest) await step('Building', buildAll);
}

/** Nest empties dist/ and builds both of its apps; the screens come after. */
async function buildAll() {
  const begun = new Date();
  await run(bin('nest'), ['build', 'api']);
  for (const screens of ['player', 'console'])
    await run(bin('vite'), ['build', '--logLevel', 'warn', `apps/${screens}`]);
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

if (process.argv[1] === import.meta.filename) {
  buildAll().catch((error) => {
    say(explain(error));
    process.exitCode = 1;
  });
}
