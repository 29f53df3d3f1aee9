// A house for one measurement: a folder, a database and a port of its own, gone when it has served.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiEnvironment, houseEnvironment, migrate, startApp, waitForHealth } from './house.js';
import { freePort, startPostgres } from './postgres.js';
import { keepSecrets } from './secrets.js';

/**
 * Runs `use` on a fresh house of these apps (`api` first), and takes it down again. Needs `npm run build` before.
 *
 * @param {('api' | 'worker')[]} apps
 * @param {(house: ScratchHouse) => Promise<T>} use
 * @typedef {{ url: string, adminPassword: string, databaseUrl: string, startWorker: () => { pid: number } }} ScratchHouse
 * @param {{ durable?: boolean, environment?: Record<string, string> }} options whether the database may be trusted to survive
 *   a power cut, at its price; what else the API and the worker read
 * @template T
 */
export async function withScratchHouse(apps, use, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-scratch-'));
  const parts = [];
  try {
    return await use(await startParts(folder, apps, parts, options));
  } finally {
    for (const part of parts.reverse()) await part.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startParts(folder, apps, parts, { durable = false, environment = {} }) {
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable });
  parts.push(postgres);
  const secrets = keepSecrets(folder, {});
  const port = await freePort();
  const { REDIS_URL: _redis, ...outer } = process.env;
  const env = houseEnvironment({ dataDir: folder, databaseUrl: postgres.url, env: { ...outer, ...environment } });
  const environments = { api: apiEnvironment(env, { port, secrets }), worker: env };
  await migrate(env, join(folder, 'migrate.log'));
  const start = (name) => {
    const app = startApp(name, environments[name], join(folder, `${name}.log`));
    parts.push(app);
    return app;
  };
  const [api] = apps.map(start);
  const url = `http://localhost:${port}`;
  await waitForHealth(url, api);
  const startWorker = () => start('worker');
  return { url, adminPassword: secrets.adminPassword, databaseUrl: postgres.url, startWorker };
}
