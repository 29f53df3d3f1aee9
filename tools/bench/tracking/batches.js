// How many small batches a second the house acknowledges, each committed to disk, against a route that only parses and
// answers: the same load, the same machine, one after the other.
import { join } from 'node:path';
import { printFigure } from '../../figure.js';
import { freePort } from '../../postgres.js';
import { endProcess, spawnBound, waitUntil } from '../../processes.js';
import { withScratchHouse } from '../../scratch-house.js';
import { cpuSecondsBelow } from './cpu-time.js';
import { acknowledgedPerSecond, CONNECTIONS } from './load.js';
import { seedSites } from './sites.js';

/** Far more than connections: nothing that is remembered of the last sender helps the next. */
const SITES = 500;
/** 682,000 sites, each once a minute. */
const COUNTRY_PER_SECOND = 11_400;

async function withBareRoute(use) {
  const port = await freePort();
  const child = spawnBound(process.execPath, [join(import.meta.dirname, 'bare.js')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  try {
    await waitUntil('the bare route', answers, 10_000);
    return await use(url);
  } finally {
    await endProcess(child.pid, { graceMs: 5_000 });
  }
}

/** Batches a second, and the CPU seconds that one takes beside those of whoever sends it. */
async function measured(url, halls, seconds) {
  await acknowledgedPerSecond(url, halls, { amount: 5000 });
  const [cpuBefore, ownBefore] = [cpuSecondsBelow(), process.cpuUsage()];
  const perSecond = await acknowledgedPerSecond(url, halls, { seconds });
  const batches = perSecond * seconds;
  const own = process.cpuUsage(ownBefore);
  return {
    perSecond,
    cpuSeconds: (cpuSecondsBelow() - cpuBefore) / batches,
    ownCpuSeconds: (own.user + own.system) / 1e6 / batches,
  };
}

const inMicroseconds = ({ cpuSeconds, ownCpuSeconds }) => Math.round((cpuSeconds + ownCpuSeconds) * 1e6);

async function measure({ url, databaseUrl }, seconds) {
  const halls = await seedSites(databaseUrl, SITES);
  const house = await measured(url, halls, seconds);
  // What the house did in between (checkpoints, autovacuum) is not the bare route's.
  const bare = await withBareRoute((bareUrl) => measured(bareUrl, halls, seconds));
  printFigure('tracking batches acknowledged, against a bare route', {
    value: house.perSecond / bare.perSecond,
    reference: `${Math.round(house.perSecond)}/s of ${Math.round(bare.perSecond)}/s, ${CONNECTIONS} connections, one span each, durable`,
    atLeast: 0.25,
  });
  printFigure('the same in CPU time of all that is busy, which other work on the machine changes less', {
    value: inMicroseconds(bare) / inMicroseconds(house),
    reference: `${inMicroseconds(house)} µs against ${inMicroseconds(bare)} µs a batch, its sender's included`,
    atLeast: 0.25,
  });
  printFigure(`cores of API and PostgreSQL for ${COUNTRY_PER_SECOND} batches a second`, {
    value: COUNTRY_PER_SECOND * house.cpuSeconds,
    digits: 1,
    reference: `${Math.round(house.cpuSeconds * 1e6)} µs of CPU a batch`,
    atMost: 8,
  });
}

export const printBatches = (seconds = 15) =>
  withScratchHouse(['api'], (house) => measure(house, seconds), { durable: true });
