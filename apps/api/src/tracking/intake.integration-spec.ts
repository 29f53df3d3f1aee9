import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#libs/contracts';
import { eventually } from '../../../../test/support/eventually.js';
import { batchOf, post, seedDevice, startWatching } from '../../../../test/support/tracking.js';

const YESTERDAY = Date.now() - 24 * 3_600_000;
const LARGE = 700_000;
/** One batch at a time, and for all devices of a site twice as much as one of these sends. */
const LITTLE = { INGEST_ROOM_BATCHES: '1', INGEST_OWNER_BURST_BYTES: '1500000', INGEST_OWNER_BYTES_PER_SECOND: '1000' };

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching(LITTLE);
  await house.newEdition();
});
afterAll(() => house.api.close());

const ingestWaits = async (): Promise<true | undefined> => {
  const waiting = await house.api.database.query<unknown[]>(
    `SELECT FROM pg_stat_activity
     WHERE application_name = 'lectern-ingest' AND datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.length > 0 ? true : undefined;
};

describe('a house with little room', () => {
  it('sends away whoever finds it full, each until another time; who comes back then is taken', async () => {
    const batches = Array.from({ length: 20 }, () => batchOf([house.personal()], YESTERDAY));
    const sent = await house.api.database.transaction(async (db) => {
      await db.query(`LOCK TABLE tracking_batch IN ACCESS EXCLUSIVE MODE`);
      const first = post(house.api.url, batchOf([house.personal()], YESTERDAY), house.li);
      await eventually('a full room', ingestWaits);
      const answers = await Promise.all(batches.map((batch) => post(house.api.url, batch, house.li)));
      return { first, answers };
    });
    expect((await sent.first).status).toBe(200);
    expect(sent.answers.map(({ status }) => status)).toEqual(batches.map(() => 503));
    const waitsS = sent.answers.map(({ headers }) => Number(headers.get('retry-after')));
    expect(Math.min(...waitsS)).toBeGreaterThanOrEqual(5);
    expect(new Set(waitsS).size).toBeGreaterThan(1);
    for (const batch of batches) expect((await post(house.api.url, batch, house.li)).status).toBe(200);
  });

  it('counts the devices of a site together: what one has used up the other cannot send, and another site can', async () => {
    const { database, url } = house.api;
    const { hall, school } = house.country.sites;
    const [one, other] = [await seedDevice(database, hall), await seedDevice(database, hall)];
    const elsewhere = await seedDevice(database, school);
    const large = (headers: Record<string, string>) =>
      fetch(`${url}/api/v1/tracking/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(batchOf([], YESTERDAY)).padEnd(LARGE),
      });
    for (const device of [one, other, one, other]) expect((await large(device)).status).toBe(200);
    for (const device of [one, other]) {
      const refused = await large(device);
      expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([429, 'too-fast']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    }
    for (let times = 0; times < 2; times += 1) expect((await large(elsewhere)).status).toBe(200);
  });
});
