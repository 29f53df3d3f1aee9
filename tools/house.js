// One running house: database, schema, API and worker, started in order and stopped in reverse.
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.js';
import { startPostgres } from './postgres.js';
import { endProcess, isAlive, spawnBound, waitUntil } from './processes.js';

/**
 * The database of the environment, or an embedded one under `dataDir`.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function openDatabase(dataDir, env, options = {}) {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, stop: async () => {} };
  return startPostgres({ dataDir: join(dataDir, 'postgres'), ...options });
}

/** What every process reads from its environment, see libs/config: no secret of the API's, whatever `env` holds. */
export function houseEnvironment({ dataDir, databaseUrl, env }) {
  const { PLAY_SIGNING_KEY: _key, BUNDLE_KEY: _bundles, ADMIN_PASSWORD: _password, ...rest } = env;
  const mediaRoot = join(dataDir, 'media');
  mkdirSync(mediaRoot, { recursive: true });
  return { ...rest, DATABASE_URL: databaseUrl, MEDIA_ROOT: mediaRoot };
}

/** What the API reads besides the environment of the house. */
export function apiEnvironment(env, { port, secrets }) {
  return {
    ...env,
    SCREENS_ROOT: join(root, 'dist/apps'),
    PORT: String(port),
    PLAY_SIGNING_KEY: secrets.playSigningKey,
    BUNDLE_KEY: secrets.bundleKey,
    ADMIN_PASSWORD: secrets.adminPassword,
  };
}

export async function migrate(env, logPath) {
  const log = openSync(logPath, 'w', 0o600);
  const started = run(process.execPath, [join(root, 'dist/apps/api/src/migrate.js')], {
    env,
    stdio: ['ignore', log, log],
  });
  await started.finally(() => closeSync(log)).catch((error) => fail(error.message, logPath));
}

/**
 * Starts `api` or `worker` with its output in a log file.
 *
 * @returns {{ pid: number, ended: Promise<string>, stop: () => Promise<void> }} `ended` tells, when it ends, how and the
 *   end of its log.
 */
export function startApp(name, env, logPath) {
  const log = openSync(logPath, 'a', 0o600);
  const child = spawnBound(process.execPath, ['--enable-source-maps', join(root, `dist/apps/${name}/src/main.js`)], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(`${name} ended with ${signal ?? code}.\n${endOf(logPath)}`));
  });
  return { pid: child.pid, ended, stop: () => endProcess(child.pid, { graceMs: 20_000 }) };
}

/** Waits until the API of `baseUrl` answers that it can serve, degraded or not. */
export async function waitForHealth(baseUrl, app) {
  const answered = async () => !isAlive(app.pid) || (await isServing(baseUrl));
  await waitUntil(`${baseUrl} to answer`, answered, 60_000);
  if (!isAlive(app.pid)) throw new Error(await app.ended);
}

async function isServing(baseUrl) {
  const answer = await fetch(`${baseUrl}/api/v1/health`).catch(() => undefined);
  return answer?.ok === true;
}

function fail(message, logPath) {
  throw new Error(`${message}\n${endOf(logPath)}`);
}

function endOf(logPath) {
  return readFileSync(logPath, 'utf8').split('\n').slice(-30).join('\n');
}
