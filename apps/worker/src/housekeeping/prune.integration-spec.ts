import type { DeviceView, HallClaimState } from '#libs/contracts';
import { labelOf, prune, Retention } from '#libs/database';
import { CODE_STEP_MS } from '#libs/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { startReview } from '../../../../test/support/review.js';
import { batchOf, send, spanOf } from '../../../../test/support/tracking.js';

const never = new AbortController().signal;
const YESTERDAY = Date.now() - 24 * 3_600_000;

let t: Awaited<ReturnType<typeof startReview>>;
beforeAll(async () => {
  t = await startReview();
});
afterAll(() => t.house.api.close());
beforeEach(() => t.newLecture());

const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
  t.house.api.database.query<T[]>(sql, parameters);
const tidy = () => prune(t.house.api.database, 0, never);
const minutes = (id: string) => query(`SELECT FROM hall_minutes WHERE session_id = $1`, [id]);

describe('what stands beside a hall session', () => {
  const write = () =>
    t.call('PUT', `/hall-sessions/${t.now.hall}/minutes`, t.house.country.devices.hall, { speakers: [], photo: null });
  const age = (months: number) =>
    query(`UPDATE hall_minutes SET written_at = now() - $1 * interval '1 month' WHERE session_id = $2`, [
      months,
      t.now.hall,
    ]);

  it('is kept for two years, and longer while somebody disputes or where a unit says so', async () => {
    await t.hold();
    await write();
    await age(23);
    await tidy();
    expect(await minutes(t.now.hall)).toHaveLength(1);
    await age(25);
    const keeping = { unitId: t.house.country.units.centre, months: 60 };
    await t.house.api.database.manager.upsert(Retention, keeping, ['unitId']);
    await tidy();
    expect(await minutes(t.now.hall)).toHaveLength(1);
    await t.house.api.database.manager.delete(Retention, { unitId: keeping.unitId });
    await query(
      `INSERT INTO dispute (id, session_id, edition_id, learner_id, site_id, words, raised_at)
       VALUES ($1, $2, $1, $3, $4, 'I was there.', now())`,
      [uuidv7(), t.now.hall, t.ids.wang, t.ids.site],
    );
    await tidy();
    expect(await minutes(t.now.hall)).toHaveLength(1);
    await query(`UPDATE dispute SET answered_at = now()`);
    await tidy();
    expect(await minutes(t.now.hall)).toEqual([]);
  });

  it('goes with the detail of the session', async () => {
    await t.hold();
    await write();
    await query(
      `UPDATE tracking_session SET folded_at = now(), folded = '{"startedMs":0,"datedBy":"claim","playedMs":0}' WHERE id = $1`,
      [t.now.hall],
    );
    await tidy();
    expect(await minutes(t.now.hall)).toEqual([]);
  });

  it('lets claims by phone go when no honest one can come any more; what they brought counts on', async () => {
    await t.hold(Date.now() - 60_000, { presences: [], spans: [spanOf(0, 0, 59_000)] });
    const key = randomBytes(32);
    const { hall } = t.house.country.devices;
    await t.call('PUT', `/hall-sessions/${t.now.hall}/key`, hall, { key: key.toString('base64url') });
    const step = Math.floor(30_000 / CODE_STEP_MS);
    const code = createHmac('sha256', key).update(`${t.now.hall} ${step}`).digest('hex').slice(0, 20);
    const claim = async () => {
      const path = `/hall-sessions/${labelOf(t.now.hall)}/claims`;
      return (await t.call('POST', path, 'li', { step, code, ageMs: 0 })).body as HallClaimState;
    };
    expect(await claim()).toEqual({ state: 'counted', grade: 'B' });
    const before = await t.derived();
    await query(`UPDATE hall_key SET told_at = now() - interval '399 days'`);
    await tidy();
    expect(await query(`SELECT FROM hall_claim`)).toHaveLength(1);
    await query(`UPDATE hall_key SET told_at = now() - interval '401 days'`);
    await tidy();
    expect(await query(`SELECT FROM hall_claim UNION ALL SELECT FROM hall_key`)).toEqual([]);
    expect(await t.derived()).toBe(before);
    expect(await claim()).toEqual({ state: 'pending', grade: null });
    await query(`UPDATE hall_claim SET received_at = now() - interval '401 days'`);
    await tidy();
    expect(await query(`SELECT FROM hall_claim`)).toEqual([]);
  });
});

describe('what old entries leave', () => {
  it('changes no number, no explanation and no answer to a batch', async () => {
    const batch = batchOf([t.house.personal()], YESTERDAY);
    const answer = (await send(t.house.api.url, batch, t.house.li)).results;
    await t.derived();
    const shown = async () => ({ ...(await t.explain()), freshAt: '' });
    const told = async () => JSON.stringify([await t.derived(), await shown(), (await t.siteRecord()).sessions]);
    const before = await told();
    await query(`UPDATE tracking_session SET first_received_at = first_received_at - interval '3 years'`);
    await query(`UPDATE tracking_anchor SET server_time = server_time - interval '3 years'`);
    await query(`INSERT INTO tracking_anchor VALUES ('device:gone', $1, 0, '2021-01-01')`, [uuidv7()]);
    for (let share = 0; share < 30; share += 1) await prune(t.house.api.database, share, never);
    await query(`UPDATE tracking_session SET first_received_at = first_received_at + interval '3 years'`);
    await query(`UPDATE tracking_anchor SET server_time = server_time + interval '3 years'`);
    expect(await query(`SELECT FROM tracking_anchor WHERE credential = 'device:gone'`)).toEqual([]);
    expect((await told()) === before).toBe(true);
    expect((await send(t.house.api.url, batch, t.house.li)).results).toEqual(answer);
  });

  it('goes a little at a time, and all that goes is counted', async () => {
    const all = async () => {
      let gone = 0;
      for (let share = 0; share < 30; share += 1) gone += await prune(t.house.api.database, share, never);
      return gone;
    };
    await all();
    const many = 6000;
    await query(
      `INSERT INTO tracking_anchor SELECT 'device:gone', $1, clock, '2021-01-01' FROM generate_series(1, $2) clock`,
      [uuidv7(), many],
    );
    await query(
      `INSERT INTO device_batch (device_id, lane, number, batch_id, received_at)
       SELECT $1, $2, number, gen_random_uuid(), '2021-01-01' FROM generate_series(0, $3 - 1) number`,
      [uuidv7(), uuidv7(), many],
    );
    expect(await all()).toBe(2 * many);
    expect(await query(`SELECT FROM tracking_anchor WHERE credential = 'device:gone'`)).toEqual([]);
    const runs = await query(`WITH gone AS (DELETE FROM device_run RETURNING *) SELECT first, last FROM gone`);
    expect(runs).toEqual([{ first: 0, last: many - 1 }]);
  });

  it('are flags that were decided, or found, two years ago', async () => {
    const flag = (state: string, years: number) =>
      query(
        `INSERT INTO flag (id, kind, site_id, subject, since, evidence, found_at, state, decided_at)
         VALUES ($1::uuid, 'long-day', $2, $1::text, '2020-01-01', '{}', now() - $3 * interval '1 year', $4::text,
                 CASE WHEN $4::text = 'open' THEN NULL ELSE now() - interval '1 year' END)`,
        [uuidv7(), t.ids.site, years, state],
      );
    for (const [state, years] of [
      ['open', 1],
      ['open', 3],
      ['fine', 3],
    ] as const)
      await flag(state, years);
    await tidy();
    expect(await query(`SELECT state FROM flag ORDER BY state`)).toEqual([{ state: 'fine' }, { state: 'open' }]);
  });
});

describe('the numbers of a device', () => {
  const installation = uuidv7();
  const device = () => t.house.country.devices.hall;
  const numbered = (number: number) => {
    const session = t.house.personal({ spans: [spanOf(0, number * 1000, number * 1000 + 1000, 0)] });
    return batchOf([session], YESTERDAY, { deviceId: device().id, installation, number });
  };
  const tally = async () => {
    const { body } = await t.call('GET', `/sites/${t.ids.site}/devices`, 'operator');
    const view = (body as { items: DeviceView[] }).items.find(({ id }) => id === device().id);
    return [view?.missingBatches, view?.heldBatches];
  };
  const isHeld = async (batch: object) => (await send(t.house.api.url, batch, device())).results[0]?.code === 'held';

  it('are runs after a while: what is missing, sent again or used twice is told as before', async () => {
    const [first, second, fourth] = [numbered(0), numbered(1), numbered(3)];
    for (const batch of [first, second, fourth]) await send(t.house.api.url, batch, device());
    await query(`UPDATE device_batch SET received_at = now() - interval '91 days'`);
    await tidy();
    expect(await query(`SELECT FROM device_batch`)).toEqual([]);
    expect(await query(`SELECT first, last FROM device_run ORDER BY first`)).toEqual([
      { first: 0, last: 1 },
      { first: 3, last: 3 },
    ]);
    expect(await tally()).toEqual([1, 0]);
    expect(await isHeld(second)).toBe(false);
    expect(await tally()).toEqual([1, 0]);
    expect(await isHeld(numbered(1))).toBe(true);
    expect(await isHeld(numbered(2))).toBe(false);
    expect(await tally()).toEqual([0, 1]);
    await query(`UPDATE device_batch SET received_at = now() - interval '91 days'`);
    await tidy();
    expect(await query(`SELECT first, last FROM device_run`)).toEqual([{ first: 0, last: 3 }]);
  });

  it('go on when what was decided about a batch is forgotten, and one that is not decided waits', async () => {
    await t.call('POST', `/devices/${device().id}/held`, 'operator', { decision: 'discard' });
    expect(await isHeld(numbered(0))).toBe(true);
    await query(`UPDATE held_batch SET received_at = '2020-01-01', decided_at = decided_at - interval '401 days'`);
    await tidy();
    expect(await query(`SELECT decision FROM held_batch`)).toEqual([{ decision: null }]);
  });
});
