// How long `npm start` takes the first time, with the demo encoded, and the second time, everything being there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { printFigure } from '../figure.js';
import { root } from '../install.js';
import { freePort } from '../postgres.js';
import { endProcess, spawnBound } from '../processes.js';

/** Seconds until the house says that it is ready; it is stopped then. */
async function secondsToReady(env) {
  const begun = performance.now();
  const child = spawnBound(process.execPath, [join(root, 'tools/start.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Lectern is ready')) break;
  }
  const took = (performance.now() - begun) / 1000;
  await endProcess(child.pid, { graceMs: 60_000 });
  if (child.exitCode) throw new Error('npm start failed.');
  return took;
}

const dataDir = mkdtempSync(join(tmpdir(), 'lectern-bench-'));
try {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env;
  const env = { ...rest, DATA_DIR: dataDir, PORT: String(await freePort()) };
  const first = await secondsToReady(env);
  const second = await secondsToReady(env);
  const reference = `${first.toFixed(1)} s the first time, packages and build being there`;
  printFigure('second npm start', { value: second, unit: 's', reference, atMost: 10 });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
