// How many tracking batches a second the house acknowledges, each committed to disk, against a route that only parses
// and answers: the same load, the same machine, one after the other.
import autocannon from 'autocannon';
import { join } from 'node:path';
import { printFigure } from '../figure.js';
import { freePort } from '../postgres.js';
import { endProcess, spawnBound, waitUntil } from '../processes.js';
import { withScratchHouse } from '../scratch-house.js';
import { seedSites } from './tracking/sites.js';

const CONNECTIONS = 50;
const SECONDS = Number(process.argv[2] ?? 15);

/** Batches a second that were answered with 200. */
async function acknowledgedPerSecond(url, halls, seconds) {
  let turn = 0;
  const nextRequest = (request) => {
    const hall = halls[turn++ % halls.length];
    return { ...request, headers: hall.headers, body: hall.nextBatch() };
  };
  const result = await autocannon({
    url: `${url}/api/v1/tracking/batches`,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method: 'POST', setupRequest: nextRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / result.duration;
}

async function withBareRoute(use) {
  const port = await freePort();
  const child = spawnBound(process.execPath, [join(import.meta.dirname, 'tracking/bare.js')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntil(
      'the bare route',
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      10_000,
    );
    return await use(url);
  } finally {
    await endProcess(child.pid, { graceMs: 5_000 });
  }
}

async function measure({ url, databaseUrl }) {
  const halls = await seedSites(databaseUrl, CONNECTIONS);
  const warmUp = Math.ceil(SECONDS / 5);
  await acknowledgedPerSecond(url, halls, warmUp);
  const house = await acknowledgedPerSecond(url, halls, SECONDS);
  const bare = await withBareRoute(async (bareUrl) => {
    await acknowledgedPerSecond(bareUrl, halls, warmUp);
    return acknowledgedPerSecond(bareUrl, halls, SECONDS);
  });
  printFigure('tracking batches acknowledged, against a bare route', {
    value: house / bare,
    reference: `${Math.round(house)}/s of ${Math.round(bare)}/s, ${CONNECTIONS} connections, one span each, durable`,
    atLeast: 0.15,
  });
}

await withScratchHouse(['api'], measure, { durable: true });
