// `npm start`: a whole Lectern from a fresh clone. Nothing may be imported here that has to be installed first.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { build } from './build.js';
import { forEncoding, installPackages, installPrograms, root } from './install.js';
import { endProcess, isAlive, workingFolder } from './processes.js';
import { explain, Refusal, say, secondsSinceStart, step } from './progress.js';
import { keepSecrets } from './secrets.js';

const dataDir = resolve(root, process.env.DATA_DIR ?? '.data');
const port = Number(process.env.PORT ?? 3000);
const baseUrl = `http://localhost:${port}`;
const ledger = join(dataDir, 'running.json');

/** What has been started, in order. */
const running = [];

async function start() {
  process.chdir(root);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await takeOver();
  await refuseTakenPort();
  await installPackages();
  await installPrograms(forEncoding);
  await build();
  await startHouse();
}

async function startHouse() {
  const { apiEnvironment, houseEnvironment, migrate, openDatabase, startApp, waitForHealth } =
    await import('./house.js');
  const { seed } = await import('./seed.js');
  const secrets = keepSecrets(dataDir, process.env);
  const database = await step('Starting PostgreSQL', () => openDatabase(dataDir, process.env));
  running.push(database);
  const env = houseEnvironment({ dataDir, databaseUrl: database.url, env: process.env });
  await step('Bringing the schema up to date', () => migrate(env, join(dataDir, 'migrate.log')));
  const apps = [
    startApp('api', apiEnvironment(env, { port, secrets }), join(dataDir, 'api.log')),
    startApp('worker', env, join(dataDir, 'worker.log')),
  ];
  running.push(...apps);
  for (const app of apps) void app.ended.then(stopAfter);
  writeLedger(apps.map(({ pid }) => pid));
  await step('Starting API and worker', () => waitForHealth(baseUrl, apps[0]));
  const signIns = await seed({ baseUrl, dataDir, secrets });
  announce(signIns);
}

function announce(signIns) {
  say(`\nLectern is ready at ${baseUrl} (after ${secondsSinceStart()})`);
  say(`The console for staff: ${baseUrl}/console/\n`);
  for (const { who, how } of signIns) say(`  ${who.padEnd(16)} ${how}`);
  say(`\nLogs and all data: ${dataDir}. Ctrl-C stops everything.`);
}

/** Makes sure that nothing of an earlier start is left: its launcher may have been killed without a word. */
async function takeOver() {
  const { launcher, apps = [] } = readLedger();
  if (launcher && isOurs(launcher, 'start.js')) {
    throw new Refusal(`Lectern is already running with the data in ${dataDir} (process ${launcher}).`);
  }
  for (const pid of apps.filter((app) => isOurs(app, 'main.js'))) await endProcess(pid);
  writeLedger([]);
}

/** A number in the ledger may by now be another program's: ours works in this folder and runs that script. */
function isOurs(pid, script) {
  return isAlive(pid) && workingFolder(pid) === root && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
}

function readLedger() {
  try {
    return JSON.parse(readFileSync(ledger, 'utf8'));
  } catch {
    return {};
  }
}

function writeLedger(apps) {
  writeFileSync(ledger, JSON.stringify({ launcher: process.pid, apps }));
}

/** Says so at once, not after a build of minutes. */
function refuseTakenPort() {
  return new Promise((free, taken) => {
    const probe = createServer();
    probe.once('error', () => taken(new Refusal(`Port ${port} is taken. Choose another: PORT=3001 npm start`)));
    probe.listen(port, () => probe.close(free));
  });
}

let stopping = false;

async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  for (const part of running.reverse()) await part.stop();
  if (readLedger().launcher === process.pid) rmSync(ledger);
  process.exit(exitCode);
}

/** An app that ends by itself takes the house down: half a house helps nobody. */
function stopAfter(ending) {
  if (stopping) return;
  process.stderr.write(`\n${ending}\n`);
  void stop(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!stopping) say('\nStopping …');
    void stop(0);
  });
}

start().catch(async (error) => {
  if (stopping) return;
  process.stderr.write(`\n${explain(error)}\n`);
  await stop(1);
});
