// How many small batches a second the house acknowledges, each committed to disk, against a route that only parses and
// answers: the same load, the same machine, in turn.
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

/** Each goes so often, in turn: the machine's own speed changes by half from one minute to the next. */
const ROUNDS = 5;

/** Takes turns of so many seconds. Gives batches a second, and the CPU seconds of one beside those of whoever sends it. */
function runner(url, halls, seconds) {
  const sum = { batches: 0, seconds: 0, cpuSeconds: 0, ownCpuSeconds: 0 };
  const turn = async () => {
    const [cpuBefore, ownBefore] = [cpuSecondsBelow(), process.cpuUsage()];
    sum.batches += (await acknowledgedPerSecond(url, halls, { seconds })) * seconds;
    const own = process.cpuUsage(ownBefore);
    sum.seconds += seconds;
    sum.cpuSeconds += cpuSecondsBelow() - cpuBefore;
    sum.ownCpuSeconds += (own.user + own.system) / 1e6;
  };
  const result = () => ({
    perSecond: sum.batches / sum.seconds,
    cpuSeconds: sum.cpuSeconds / sum.batches,
    ownCpuSeconds: sum.ownCpuSeconds / sum.batches,
  });
  return { turn, result, warmUp: () => acknowledgedPerSecond(url, halls, { amount: 5000 }) };
}

const inMicroseconds = ({ cpuSeconds, ownCpuSeconds }) => Math.round((cpuSeconds + ownCpuSeconds) * 1e6);

/** What the house does in between (checkpoints, autovacuum) may fall into a turn of the bare route: a few hundredths of it. */
async function inTurn(houseUrl, bareUrl, halls, seconds) {
  const [house, bare] = [houseUrl, bareUrl].map((url) => runner(url, halls, seconds));
  for (const each of [house, bare]) await each.warmUp();
  for (let round = 0; round < ROUNDS; round += 1) for (const each of [bare, house]) await each.turn();
  return { house: house.result(), bare: bare.result() };
}

async function measure({ url, databaseUrl }, seconds) {
  const halls = await seedSites(databaseUrl, SITES);
  const { house, bare } = await withBareRoute((bareUrl) => inTurn(url, bareUrl, halls, seconds));
  printFigure('tracking batches acknowledged, against a bare route', {
    value: house.perSecond / bare.perSecond,
    reference: `${Math.round(house.perSecond)}/s of ${Math.round(bare.perSecond)}/s, ${CONNECTIONS} connections, one span each, durable, ${ROUNDS} turns each`,
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

/** @param seconds of one turn */
export const printBatches = (seconds = 4) =>
  withScratchHouse(['api'], (house) => measure(house, seconds), { durable: true });
