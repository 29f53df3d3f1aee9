// The topology of docker-compose.yml from Debian packages, in a folder of its own: nginx, redis, PostgreSQL, two APIs and
// two workers. `node tools/topology.js` runs it until Ctrl-C; test/topology.e2e-spec.ts tells its story.
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { apiEnvironment, houseEnvironment, migrate, startApp, waitForHealth } from './house.js';
import { root } from './install.js';
import { freePort, startPostgres } from './postgres.js';
import { endProcess, spawnBound, waitUntil } from './processes.js';
import { say } from './progress.js';
import { keepSecrets } from './secrets.js';

const COPIES = 2;

/**
 * Starts everything on free ports of 127.0.0.1; needs `npm run build` before.
 *
 * @returns {Promise<{ url: string, adminPassword: string, accessLog: string, stopApis: () => Promise<void>,
 *   stop: () => Promise<void> }>} `url` and `accessLog` of nginx
 */
export async function startTopology() {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-topology-'));
  const parts = [];
  const started = (part) => (parts.push(part), part);
  const stop = async () => {
    for (const part of parts.reverse()) await part.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await startParts(folder, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(folder, started) {
  const postgres = started(await startPostgres({ dataDir: join(folder, 'postgres'), durable: false }));
  const redis = started(await startRedis(folder));
  const secrets = keepSecrets(folder, {});
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shared = { ...process.env, REDIS_URL: redis.url, PUBLIC_URL: url, TRUST_PROXY: 'true', HOST: '127.0.0.1' };
  const env = houseEnvironment({ dataDir: folder, databaseUrl: postgres.url, env: shared });
  await migrate(env, join(folder, 'migrate.log'));
  const apis = await startApis(folder, (apiPort) => apiEnvironment(env, { port: apiPort, secrets }), started);
  for (let copy = 1; copy <= COPIES; copy++) {
    started(startApp('worker', env, join(folder, `worker-${copy}.log`)));
  }
  started(await startNginx(folder, { port, apis, playSigningKey: secrets.playSigningKey }));
  const stopApis = () => Promise.all(apis.map((api) => api.stop()));
  return { url, adminPassword: secrets.adminPassword, accessLog: join(folder, 'access.log'), stopApis };
}

async function startApis(folder, environmentOf, started) {
  const apis = [];
  for (let copy = 1; copy <= COPIES; copy++) {
    const port = await freePort();
    const api = started(startApp('api', environmentOf(port), join(folder, `api-${copy}.log`)));
    await waitForHealth(`http://127.0.0.1:${port}`, api);
    apis.push({ ...api, port });
  }
  return apis;
}

async function startRedis(folder) {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  return { url: `redis://127.0.0.1:${port}`, ...(await startServer('redis-server', args, port)) };
}

async function startNginx(folder, { port, apis, playSigningKey }) {
  const values = {
    NGINX_USER: userInfo().username,
    RUN_DIR: folder,
    ACCESS_LOG: join(folder, 'access.log'),
    SCRIPTS: join(root, 'deploy/nginx'),
    API_SERVERS: apis.map((api) => `server 127.0.0.1:${api.port};`).join(' '),
    LISTEN: `127.0.0.1:${port}`,
    PLAY_PUBLIC_KEY: publicHalf(playSigningKey),
    MEDIA_ROOT: join(folder, 'media'),
    SERVE_MEDIA: 'js_content playToken.serve;',
  };
  const template = readFileSync(join(root, 'deploy/nginx/nginx.conf.template'), 'utf8');
  const path = join(folder, 'nginx.conf');
  writeFileSync(
    path,
    template.replace(/\$\{([A-Z_]+)\}/g, (_, name) => values[name]),
  );
  return startServer('/usr/sbin/nginx', ['-c', path, '-g', 'daemon off;'], port);
}

/** Base64 DER (SPKI) of the key that verifies what the other half signs. */
function publicHalf(playSigningKey) {
  return createPublicKey(playSigningKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

async function startServer(command, args, port) {
  const { pid } = spawnBound(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await waitUntil(`${command} to listen`, () => accepts(port), 10_000);
  return { stop: () => endProcess(pid) };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function main() {
  const topology = await startTopology();
  say(`nginx at ${topology.url}, admin / ${topology.adminPassword}. Ctrl-C stops everything.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void topology.stop());
}

if (process.argv[1] === import.meta.filename) await main();
