// What a learner's record and a site's month cost in a large ledger, against one row by primary key through the same HTTP
// stack, and against a tenth of the ledger.
import pg from 'pg';
import { printFigure } from '../../figure.js';
import { withScratchHouse } from '../../scratch-house.js';
import {
  catalogue,
  credentialOf,
  FILLED,
  idIn,
  LEARNERS_A_SITE,
  learnersBetween,
  MONTH,
  SPANS_A_LEARNER,
} from './ledger-rows.js';
import { seedEdition } from './sites.js';

const READS = 1000;
const WARMING = 200;
/** Written in pieces, so that no transaction holds all of it. */
const PIECE = 50 * 1000;

const INDEXES = `
  SELECT 'DROP INDEX ' || indexrelid::regclass AS drop, pg_get_indexdef(indexrelid) AS make FROM pg_index
  JOIN pg_class ON pg_class.oid = indexrelid
  WHERE indrelid::regclass::text = ANY($1) AND NOT relispartition
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`;

/** Fills the tables without their indexes, but for those of keys, and makes them after; checks of keys by triggers wait for none. */
async function fill(client, learners, place) {
  const { rows: indexes } = await client.query(INDEXES, [FILLED]);
  await client.query(
    `SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'`,
  );
  for (const index of indexes) await client.query(index.drop);
  for (let first = 0; first < learners; first += PIECE)
    for (const statement of learnersBetween(first, Math.min(learners, first + PIECE), place))
      await client.query(statement);
  for (const index of indexes) await client.query(index.make);
  await client.query('VACUUM ANALYZE');
}

/** A house with a ledger of so many spans. */
async function filled({ url, databaseUrl }, spans) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const place = await seedEdition(client);
    for (const statement of catalogue(place)) await client.query(statement);
    const learners = spans / SPANS_A_LEARNER;
    await fill(client, learners, place);
    return { url, learners, waits: { row: [], record: [], month: [] } };
  } finally {
    await client.end();
  }
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

/** Asks each question about somebody anywhere in the ledger. */
async function ask({ url, learners, waits }) {
  const learner = Math.floor(Math.random() * learners);
  const site = Math.floor(learner / LEARNERS_A_SITE);
  for (const [name, path] of Object.entries(asks)) waits[name].push(await timed(url, path(site, learner), site));
}

function p95s({ waits }) {
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

/** Both ledgers are asked in turn, so that whatever else the machine does meets both. */
async function measure(few, many, spans) {
  const houses = [await filled(few, spans / 10), await filled(many, spans)];
  for (let turn = 0; turn < WARMING + READS; turn += 1) {
    if (turn === WARMING) for (const house of houses) house.waits = { row: [], record: [], month: [] };
    for (const house of houses) await ask(house);
  }
  const [small, large] = houses.map(p95s);
  print("a learner's record", { ours: large.record, row: large.row, before: small.record, atMost: 3, spans });
  print("a site's month", { ours: large.month, row: large.row, before: small.month, atMost: 5, spans });
}

export const printLedger = (spans = 10_000_000) =>
  withScratchHouse(['api'], (few) => withScratchHouse(['api'], (many) => measure(few, many, spans)));
