import { foldSessions, foldUnits, recompute, Retention } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { startReview } from '../../../../test/support/review.js';
import { batchOf, send, spanOf } from '../../../../test/support/tracking.js';

const THREE_YEARS = `interval '3 years'`;

let t: Awaited<ReturnType<typeof startReview>>;
beforeAll(async () => {
  t = await startReview();
  await t.newLecture();
});
afterAll(() => t.house.api.close());

const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
  t.house.api.database.query<T[]>(sql, parameters);
const fold = () => foldSessions(t.house.api.database, 100, new AbortController().signal);
const keep = (months: number) =>
  t.house.api.database.manager.upsert(Retention, { unitId: t.house.country.units.centre, months }, ['unitId']);
const standing = async () => {
  const derived = await t.derived();
  await foldUnits(t.house.api.database, 1000);
  return JSON.stringify([derived, await query(`SELECT to_jsonb(row)::text FROM unit_day row ORDER BY 1`)]);
};
const receivedLongAgo = () =>
  query(`WITH sessions AS (UPDATE tracking_session SET first_received_at = first_received_at - ${THREE_YEARS})
         UPDATE tracking_span SET received_at = received_at - ${THREE_YEARS}`);
const unfolded = async () =>
  (await query<{ id: string }>(`SELECT id FROM tracking_session WHERE folded_at IS NULL ORDER BY id`)).map(
    ({ id }) => id,
  );

/** Wang annulled, Zhao attested, Li named of the heads, a claim that waits, and disputes: one answered, one open. */
async function reviewed() {
  await t.hold();
  const ruled = t.now.hall;
  for (const [kind, learnerId] of [
    ['annul', t.ids.wang],
    ['attest', t.ids.zhao],
  ] as const)
    expect((await t.rule('secretary', kind, learnerId)).status).toBe(201);
  expect((await t.claim('operator', t.ids.li)).status).toBe(201);
  await t.hold();
  const waiting = t.now.hall;
  expect((await t.claim('li', t.ids.li)).status).toBe(201);
  await t.hold(undefined, {
    presences: [{ seq: 0, learnerId: t.ids.li, clockFromMs: 0, clockToMs: null, grade: 'B' }],
  });
  const disputed = t.now.hall;
  const words = 'I was there longer.';
  for (const sessionId of [disputed, ruled])
    expect((await t.call('POST', `/learners/${t.ids.li}/disputes`, 'li', { sessionId, words })).status).toBe(201);
  const [first] = await query<{ id: string }>(`SELECT id FROM dispute WHERE session_id = $1`, [ruled]);
  await t.call('POST', `/disputes/${first?.id ?? ''}/answer`, 'organiser', { words: 'It stands.' });
  return { ruled, waiting, disputed };
}

describe('folding what people have ruled of', () => {
  let told: Awaited<ReturnType<typeof reviewed>>;
  let before: string;
  beforeAll(async () => {
    told = await reviewed();
    before = await standing();
    await receivedLongAgo();
    await keep(12);
  });

  it('waits while a claim or a dispute does', async () => {
    expect(await fold()).toBe(1);
    expect(await unfolded()).toEqual([told.waiting, told.disputed].sort());
  });

  it('keeps every total, with what was annulled, attested and named', async () => {
    expect((await standing()) === before).toBe(true);
    await t.forget();
    expect((await standing()) === before).toBe(true);
    const parts = await recompute(t.house.api.database, { write: false, tell: () => undefined });
    expect(parts.map(({ differing }) => differing)).toEqual([0, 0, 0, 0]);
  });

  it('takes no ruling any more, and still shows what was said', async () => {
    t.now.hall = told.ruled;
    expect((await t.rule('secretary', 'restore', t.ids.wang)).status).toBe(409);
    const folded = (await t.explain('secretary', t.ids.li)).items.find(({ id }) => id === told.ruled);
    expect(folded).toMatchObject({ foldedAt: expect.any(String), disputes: [{ answer: { words: 'It stands.' } }] });
    expect((await standing()) === before).toBe(true);
  });

  it('goes on once all is decided', async () => {
    await query(`UPDATE dispute SET answered_at = now()`);
    await query(`UPDATE tracking_claim SET state = 'declined' WHERE state = 'pending'`);
    expect(await fold()).toBe(2);
    expect((await standing()) === before).toBe(true);
  });
});

describe('what was watched at no site', () => {
  it('is folded when every root says so', async () => {
    await query(`DELETE FROM retention`);
    await query(`DELETE FROM roster_entry WHERE learner_id = $1`, [t.ids.li]);
    const id = uuidv7();
    const session = t.house.personal({ id, spans: [spanOf(0, 0, 15_000)] });
    await send(t.house.api.url, batchOf([session], Date.now() - 60_000), t.house.li);
    const before = await standing();
    expect(await query(`SELECT site_id FROM tracking_session WHERE id = $1`, [id])).toEqual([{ site_id: null }]);
    await receivedLongAgo();
    const { north } = t.house.country.units;
    await t.house.api.database.manager.upsert(Retention, { unitId: north, months: 12 }, ['unitId']);
    expect(await fold()).toBe(0);
    await keep(12);
    expect(await fold()).toBe(0);
    await query(
      `INSERT INTO retention (unit_id, months)
       SELECT id, 12 FROM unit WHERE NOT EXISTS (SELECT FROM unit_parent WHERE unit_id = unit.id) ON CONFLICT DO NOTHING`,
    );
    expect(await fold()).toBe(1);
    expect((await standing()) === before).toBe(true);
  });
});
