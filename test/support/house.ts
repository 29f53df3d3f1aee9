import { createDataSource } from '#libs/database';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { freePort } from '../../tools/postgres.js';
import { spawnBound } from '../../tools/processes.js';
import { apiEnvironment, houseEnvironment } from './config.js';
import { eventually } from './eventually.js';

export type HouseProcess = 'api' | 'worker';

/** API and worker as real processes, built, as `npm start` runs them. */
export interface House {
  readonly url: string;
  readonly mediaRoot: string;
  readonly database: DataSource;
  /** kill -9 (or another signal), and waits until the process is gone. */
  kill(which: HouseProcess, signal?: NodeJS.Signals): Promise<void>;
  start(which: HouseProcess): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a house of its own on a free port; the overrides are for its API, those of the queue for all. Needs `npm run build` before. */
export async function startHouse(overrides: Record<string, string> = {}): Promise<House> {
  const port = await freePort();
  const { REDIS_URL } = overrides;
  const worker = { ...(await houseEnvironment()), ...(REDIS_URL ? { REDIS_URL } : {}) };
  const own = { SCREENS_ROOT: resolve('dist/apps'), PORT: String(port) };
  const environments = { worker, api: { ...worker, ...apiEnvironment(), ...own, ...overrides } };
  const url = `http://127.0.0.1:${port}`;
  const running = new Map<HouseProcess, ChildProcess>();
  const database = createDataSource({ databaseUrl: worker.DATABASE_URL });

  const start = async (which: HouseProcess) => {
    running.set(which, launch(which, environments[which]));
    if (which === 'api') await eventually('the API', () => answers(`${url}/api/v1/health`));
  };
  const kill = async (which: HouseProcess, signal: NodeJS.Signals = 'SIGKILL') => {
    const child = running.get(which);
    running.delete(which);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };

  const stop = async () => {
    await Promise.all([kill('api', 'SIGTERM'), kill('worker', 'SIGTERM')]);
    if (database.isInitialized) await database.destroy();
    await rm(worker.MEDIA_ROOT, { recursive: true, force: true });
  };
  try {
    await database.initialize();
    await start('api');
    await start('worker');
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, mediaRoot: worker.MEDIA_ROOT, database, kill, start, stop };
}

/** It ends with this process, whatever ends it: an interrupted run leaves nothing. */
function launch(which: HouseProcess, environment: Record<string, string>) {
  const child = spawnBound(process.execPath, ['--enable-source-maps', `dist/apps/${which}/src/main.js`], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(`[${which}] ${chunk.toString()}`));
  return child;
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => (response.ok ? true : undefined),
    () => undefined,
  );
