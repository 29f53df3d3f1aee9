// A county's link comes back after a week: every device returns within a minute, over a line that loses 2 % of the packets
// each way and takes 600 ms there and back, to a process that has room for two batches at a time.
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { printFigure } from '../../figure.js';
import { endProcess, spawnBound } from '../../processes.js';
import { withScratchHouse } from '../../scratch-house.js';
import { FAR, withBadLine } from './bad-line.js';
import { BATCH_SPANS, seedSites } from './sites.js';

/** 56 hours of playing in a week, an hour a batch. */
const BATCHES = 56;
const WITHIN_MS = 60_000;
const PROXY_PORT = 8080;
/** So little that devices get in each other's way; a house takes two thousand. */
const ROOM = { INGEST_ROOM_BATCHES: '2' };
const MAY_BE_TOLD = ['200', '429 with Retry-After', '503 with Retry-After', 'no answer'];

async function outputOf(child) {
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The devices ended with ${code}.`);
  return JSON.parse(text);
}

function inTheStorm({ url, lossPercent }, task) {
  return withBadLine({ lossPercent }, async ([command, ...words]) => {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const start = (file, ...args) =>
      spawnBound(command, [...words, process.execPath, join(import.meta.dirname, file), ...args], { stdio });
    const proxy = start('slow-line.js', String(PROXY_PORT), FAR, new URL(url).port, '300');
    try {
      await once(proxy.stdout, 'data');
      return await outputOf(start('storm-devices.js', JSON.stringify(task)));
    } finally {
      await endProcess(proxy.pid, { graceMs: 5_000 });
    }
  });
}

/** How many spans of each session the ledger has. */
async function countedIn(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT session_id, count(*)::int AS spans FROM tracking_span GROUP BY 1');
    return new Map(rows.map(({ session_id, spans }) => [session_id, spans]));
  } finally {
    await client.end();
  }
}

async function measure({ url, databaseUrl }, devices) {
  const halls = (await seedSites(databaseUrl, devices)).map((hall) => hall.known);
  const begun = performance.now();
  const task = { proxy: { host: '127.0.0.1', port: PROXY_PORT }, halls, batches: BATCHES, withinMs: WITHIN_MS };
  const { acknowledged, answers } = await inTheStorm({ url, lossPercent: 2 }, task);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const counted = await countedIn(databaseUrl);
  const lost = acknowledged.filter((id) => (counted.get(id) ?? 0) < BATCH_SPANS).length;
  const spans = [...counted.values()].reduce((sum, each) => sum + each, 0);
  const told = Object.entries(answers).map(([what, times]) => `${what}: ${times}`);
  const reference = `${devices} devices, ${acknowledged.length} batches of ${BATCH_SPANS} spans in ${seconds} s; ${told.join(', ')}`;
  printFigure('batches lost in the storm', { value: lost, reference, atMost: 0 });
  printFigure('spans doubled in the storm', {
    value: spans - devices * BATCHES * BATCH_SPANS,
    reference: `${spans} in the ledger`,
    atMost: 0,
  });
  const away = Object.entries(answers).filter(([what]) => /^(429|503)/.test(what));
  printFigure('times that a device was sent away in the storm', {
    value: away.reduce((sum, [, times]) => sum + times, 0),
    reference: away.map(([what, times]) => `${times} x ${what}`).join(', ') || 'nobody',
    atLeast: 1,
  });
  const strange = Object.keys(answers).filter((what) => !MAY_BE_TOLD.includes(what));
  printFigure('answers that are neither 200 nor tell when to come back', { value: strange.length, atMost: 0 });
}

export const printStorm = (devices = 40) =>
  withScratchHouse(['api'], (house) => measure(house, devices), { durable: true, environment: ROOM });
