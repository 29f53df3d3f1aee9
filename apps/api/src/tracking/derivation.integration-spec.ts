import { catchUp } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { batchOf, recordOf, seedLearner, send, startWatching } from '../../../../test/support/tracking.js';

const YESTERDAY = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

/** A session whose row nobody can date; `heal` mends it. */
async function poisoned(learnerId: string) {
  const { database } = house.api;
  const session = house.personal({ id: uuidv7(), learnerId });
  await send(house.api.url, batchOf([session], YESTERDAY), house.device);
  const receive = (at: string) =>
    database.query(`UPDATE tracking_session SET first_received_at = $2 WHERE id = $1`, [session.id, at]);
  await receive('infinity');
  return { session, heal: () => receive('2026-01-01') };
}

describe('a session that cannot be derived', () => {
  const coveredMs = async (learnerId: string) =>
    (await recordOf(house.api.url, learnerId, house.device)).items.map((item) => item.coveredMs);

  it('is set aside, longer each time, and holds up nobody; mended, it counts', async () => {
    const { database } = house.api;
    await house.newEdition();
    const [unlucky, other] = [
      await seedLearner(database, house.country.sites.hall),
      await seedLearner(database, house.country.sites.hall),
    ];
    const { session, heal } = await poisoned(unlucky);
    await send(house.api.url, batchOf([house.personal({ learnerId: other })], YESTERDAY), house.device);
    expect(await catchUp(database, 'anybody')).toBe(2);
    expect(await catchUp(database, 'anybody')).toBe(0);
    expect([await coveredMs(unlucky), await coveredMs(other)]).toEqual([[], [15_000]]);

    await send(house.api.url, batchOf([session], YESTERDAY), house.device);
    expect(await catchUp(database, 'anybody')).toBe(0);
    const isDue = () =>
      database.query(`UPDATE tracking_dirty SET not_before = now() WHERE session_id = $1`, [session.id]);
    await isDue();
    await catchUp(database, 'anybody');
    const [{ attempts }] = await database.query<[{ attempts: number }]>(
      `SELECT max(attempts) AS attempts FROM tracking_dirty WHERE not_before > now() + interval '100 seconds'`,
    );
    expect(attempts).toBe(2);

    await heal();
    await isDue();
    expect(await coveredMs(unlucky)).toEqual([15_000]);
  });
});

describe('the totals of a day', () => {
  it('hold more heads than a country has', async () => {
    const { database } = house.api;
    await house.newEdition();
    const halls = Array.from({ length: 2 }, () => house.hall());
    await send(house.api.url, batchOf(halls, YESTERDAY), house.device);
    await database.query(`UPDATE tracking_session SET head_count = 2000000000 WHERE id = ANY($1::uuid[])`, [
      halls.map(({ id }) => id),
    ]);
    await catchUp(database, { siteId: house.country.sites.hall });
    const [{ heads }] = await database.query<[{ heads: string }]>(`SELECT max(audience_d) AS heads FROM site_day`);
    expect(heads).toBe('4000000000');
  });
});
