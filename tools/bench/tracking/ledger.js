// What a learner's record and a site's month cost in a large ledger, against one row by primary key through the same HTTP
// stack, and against a tenth of the ledger.
import pg from 'pg';
import { printFigure } from '../../figure.js';
import { withScratchHouse } from '../../scratch-house.js';
import {
  catalogue,
  credentialOf,
  idIn,
  LEARNERS_A_SITE,
  learnersBetween,
  MONTH,
  SPANS_A_LEARNER,
} from './ledger-rows.js';
import { seedEdition } from './sites.js';

const READS = 400;
/** Written in pieces, so that no transaction holds all of it. */
const PIECE = 50 * 1000;

async function grow(client, from, to, place) {
  for (let first = from; first < to; first += PIECE)
    for (const statement of learnersBetween(first, Math.min(to, first + PIECE), place)) await client.query(statement);
  await client.query('VACUUM ANALYZE');
}

const asks = {
  row: (site) => `/sites/${idIn('site', site)}`,
  record: (site, learner) => `/learners/${idIn('learner', learner)}/record`,
  month: (site) => `/sites/${idIn('site', site)}/record?from=${MONTH.from}&to=${MONTH.to}`,
};

async function timed(url, path, site) {
  const begun = performance.now();
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Device ${credentialOf(site)}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
  return performance.now() - begun;
}

/** p95 in ms of each question, asked in turn about learners all over the ledger. */
async function p95s(url, learners) {
  const waits = { row: [], record: [], month: [] };
  for (let turn = 0; turn < READS; turn += 1) {
    const learner = Math.floor(Math.random() * learners);
    const site = Math.floor(learner / LEARNERS_A_SITE);
    for (const [name, path] of Object.entries(asks)) waits[name].push(await timed(url, path(site, learner), site));
  }
  const p95 = (list) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)];
  return Object.fromEntries(Object.entries(waits).map(([name, list]) => [name, p95(list)]));
}

function print(what, { ours, row, before, atMost, spans }) {
  const [many, few] = [spans, spans / 10].map((count) => count.toLocaleString('en'));
  const reference = `${ours.toFixed(1)} ms against ${row.toFixed(1)} ms, ${many} spans`;
  printFigure(`p95 of ${what}, over one row by primary key`, { value: ours / row, digits: 2, reference, atMost });
  printFigure(`p95 of ${what}, over that in a tenth of the ledger`, {
    value: ours / before,
    digits: 2,
    reference: `${before.toFixed(1)} ms in ${few} spans`,
    atMost: 1.3,
  });
}

async function measure({ url, databaseUrl }, spans) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const place = await seedEdition(client);
    for (const statement of catalogue(place)) await client.query(statement);
    const learners = spans / SPANS_A_LEARNER;
    await grow(client, 0, learners / 10, place);
    await p95s(url, learners / 10);
    const small = await p95s(url, learners / 10);
    await grow(client, learners / 10, learners, place);
    await p95s(url, learners);
    const large = await p95s(url, learners);
    print("a learner's record", { ours: large.record, row: large.row, before: small.record, atMost: 3, spans });
    print("a site's month", { ours: large.month, row: large.row, before: small.month, atMost: 5, spans });
  } finally {
    await client.end();
  }
}

export const printLedger = (spans = 10_000_000) => withScratchHouse(['api'], (house) => measure(house, spans));
