// How many spans a second come in by big batches, against one multi-row upsert of the same rows straight into PostgreSQL.
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { printFigure } from '../../figure.js';
import { withScratchHouse } from '../../scratch-house.js';
import { acknowledgedPerSecond } from './load.js';
import { BATCH_SPANS, seedSites, spansOf } from './sites.js';

const SITES = 100;

const UPSERT = {
  name: 'upsert',
  text: `INSERT INTO tracking_span AS known
    SELECT $1::uuid, seq, clock_from, from_ms, 1000, clock_to, to_ms, now()
    FROM unnest($2::int[], $3::bigint[], $4::int[], $5::bigint[], $6::int[]) span (seq, clock_from, from_ms, clock_to, to_ms)
    ON CONFLICT (session_id, seq, clock_from_ms, from_ms, rate_thousandths) DO UPDATE
    SET clock_to_ms = excluded.clock_to_ms, to_ms = excluded.to_ms, received_at = excluded.received_at
    WHERE (excluded.clock_to_ms, excluded.to_ms) > (known.clock_to_ms, known.to_ms)`,
};

async function upsertMany(databaseUrl, batches) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const spans = spansOf(0);
    const columns = ['seq', 'clockFromMs', 'fromMs', 'clockToMs', 'toMs'].map((name) =>
      spans.map((span) => span[name]),
    );
    for (let batch = 0; batch < batches; batch += 1) await client.query({ ...UPSERT, values: [uuidv7(), ...columns] });
  } finally {
    await client.end();
  }
}

async function directPerSecond(databaseUrl, batches) {
  const begun = performance.now();
  await upsertMany(databaseUrl, batches);
  return (batches * BATCH_SPANS) / ((performance.now() - begun) / 1000);
}

async function measure({ url, databaseUrl }, batches) {
  const halls = await seedSites(databaseUrl, SITES);
  const senders = halls.map((hall) => ({ headers: hall.headers, nextBatch: () => hall.nextBigBatch() }));
  const send = (amount) => acknowledgedPerSecond(url, senders, { amount, connections: 8 });
  await send(batches / 4);
  const house = (await send(batches)) * BATCH_SPANS;
  await directPerSecond(databaseUrl, batches / 4);
  const direct = await directPerSecond(databaseUrl, batches);
  printFigure('spans acknowledged by big batches, against an upsert straight into PostgreSQL', {
    value: house / direct,
    reference: `${Math.round(house)}/s of ${Math.round(direct)}/s, ${BATCH_SPANS} a batch and a statement, durable`,
    atLeast: 0.6,
  });
}

export const printSpans = (batches = 800) =>
  withScratchHouse(['api'], (house) => measure(house, batches), { durable: true });
