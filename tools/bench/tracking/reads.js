// How long somebody waits for a learner's record while batches flood the same process, against the same at rest.
import { once } from 'node:events';
import { join } from 'node:path';
import { printFigure } from '../../figure.js';
import { endProcess, spawnBound } from '../../processes.js';
import { withScratchHouse } from '../../scratch-house.js';
import { seedSites } from './sites.js';

async function p99Ms(read, count) {
  const waits = [];
  for (let turn = 0; turn < count; turn += 1) {
    const begun = performance.now();
    const response = await read();
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    waits.push(performance.now() - begun);
  }
  return waits.sort((a, b) => a - b)[Math.floor(count * 0.99)];
}

async function whileFlooded({ url, databaseUrl }, use) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  const flood = spawnBound(process.execPath, [join(import.meta.dirname, 'flood.js'), url, databaseUrl], { stdio });
  try {
    await once(flood.stdout, 'data');
    return await use();
  } finally {
    await endProcess(flood.pid, { graceMs: 5_000 });
  }
}

async function measure(house, count) {
  const [hall] = await seedSites(house.databaseUrl, 1);
  const learners = `${house.url}/api/v1/learners/${hall.learnerId}/record`;
  const read = () => fetch(learners, { headers: hall.headers });
  await p99Ms(read, count);
  const rest = await p99Ms(read, count);
  const flooded = await whileFlooded(house, () => p99Ms(read, count));
  printFigure("p99 of a learner's record while ingest is saturated, over that at rest", {
    value: flooded / rest,
    digits: 2,
    reference: `${flooded.toFixed(1)} ms against ${rest.toFixed(1)} ms, ${count} reads one after the other`,
    atMost: 3,
  });
}

export const printReads = (count = 1000) =>
  withScratchHouse(['api'], (house) => measure(house, count), { durable: true });
