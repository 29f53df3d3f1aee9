import { describe, expect, it } from '@jest/globals';
import type { ClaimableSessions, ClaimItem, Page } from '#libs/contracts';
import { labelOf, verifyAudit } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { DAY_MS, reviewBeforeEach } from '../../../../test/support/review.js';
import { batchOf, send } from '../../../../test/support/tracking.js';

const t = reviewBeforeEach();

describe('a head that was counted', () => {
  it('is named by the operator: grade C, and the audience of the site is as large as before', async () => {
    const before = await t.lectureOfSite();
    expect(before).toMatchObject({ audience: 3, byGrade: { B: 1, C: 0, D: 2 } });
    const made = await t.claim('operator', t.ids.li, { fromMs: 0, toMs: 30_000 });
    expect([made.status, made.body]).toMatchObject([201, { state: 'confirmed', byLearner: false }]);
    expect(await t.lectureOfSite()).toMatchObject({ audience: 3, byGrade: { B: 1, C: 1, D: 1 } });
    expect(await t.sessionOfSite()).toMatchObject({
      headCount: 1,
      people: [{ name: '李明', grade: 'C' }, { name: '王芳' }],
    });
    const mine = await t.explain();
    expect(mine).toMatchObject({ coveredMs: 30_000, items: [{ presences: [{ source: 'claim', grade: 'C' }] }] });
    expect(mine.items[0]?.claims).toMatchObject([{ state: 'confirmed', decidedBy: 'operator' }]);
  });

  it('is never named twice, and no more are named than were counted', async () => {
    expect((await t.claim('operator', t.ids.wang)).status).toBe(409);
    expect((await t.claim('operator', t.ids.chen)).status).toBe(403);
    const both = await Promise.all([t.claim('operator', t.ids.li), t.claim('secretary', t.ids.li)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    await t.hold(Date.now() - DAY_MS, { headCount: 1 });
    const race = await Promise.all([t.claim('operator', t.ids.li), t.claim('secretary', t.ids.zhao)]);
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(race.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'no-heads-left' });
  });

  it('is claimed by a learner, which counts for nothing until somebody of the site confirms it', async () => {
    const offered = async () =>
      ((await t.call('GET', `/learners/${t.ids.li}/claimable-sessions`, 'li')).body as ClaimableSessions).items;
    await t.lectureOfSite();
    expect((await offered()).map(({ id }) => id)).toContain(t.now.hall);
    expect((await t.claim('li', t.ids.li)).body).toMatchObject({ state: 'pending', byLearner: true });
    expect((await offered()).map(({ id }) => id)).not.toContain(t.now.hall);
    expect(await t.explain()).toMatchObject({
      coveredMs: 0,
      items: [{ id: t.now.hall, claims: [{ state: 'pending' }] }],
    });
    expect(await t.lectureOfSite()).toMatchObject({ byGrade: { C: 0, D: 2 } });
    const queue = (await t.call('GET', '/claims', 'operator')).body as Page<ClaimItem>;
    const waiting = queue.items.find(({ sessionId }) => sessionId === t.now.hall);
    expect(waiting).toMatchObject({ learnerName: '李明', headsLeft: 2 });
    const decide = (who: string, confirm: boolean) =>
      t.call('POST', `/claims/${waiting?.id ?? ''}/decision`, who, { confirm });
    expect((await decide('operator', true)).body).toMatchObject({ state: 'confirmed', decidedBy: 'operator' });
    expect((await decide('operator', false)).status).toBe(409);
    expect(await t.explain()).toMatchObject({ coveredMs: 60_000, byGrade: { C: 60_000 } });
  });

  it('is not claimed again by a learner whose claim was declined, nor by anybody after two weeks', async () => {
    const { body } = await t.claim('li', t.ids.li);
    await t.call('POST', `/claims/${String(body.id)}/decision`, 'operator', { confirm: false });
    expect((await t.claim('li', t.ids.li)).status).toBe(409);
    expect(await t.explain()).toMatchObject({ coveredMs: 0, items: [{ claims: [{ state: 'declined' }] }] });
    await t.hold(Date.now() - 20 * DAY_MS);
    expect((await t.claim('operator', t.ids.zhao)).status).toBe(201);
    await t.house.api.database.query(
      `UPDATE tracking_session SET first_received_at = first_received_at - interval '15 days' WHERE id = $1`,
      [t.now.hall],
    );
    expect((await t.claim('operator', t.ids.li)).body).toMatchObject({ code: 'claim-too-late' });
  });

  it('is a head again when the organiser annuls the claim', async () => {
    await t.claim('operator', t.ids.li);
    await t.rule('secretary', 'annul', t.ids.li);
    expect(await t.lectureOfSite()).toMatchObject({ audience: 3, byGrade: { C: 0, D: 2 } });
    expect((await t.explain()).items).toMatchObject([{ claims: [{}], overrides: [{ kind: 'annul', stands: true }] }]);
  });

  it('makes no difference to the audience of a day on which the learner was named elsewhere', async () => {
    const other = await t.house.newEdition(60_000);
    const named = [{ seq: 0, learnerId: t.ids.li, clockFromMs: 0, clockToMs: null, grade: 'B' }];
    const second = t.house.hall({ id: uuidv7(), editionId: other, presences: named, headCount: 3 });
    await send(t.house.api.url, batchOf([second], Date.now() - DAY_MS), t.house.device);
    const total = async () => (await t.siteRecord()).audience;
    const before = await total();
    await t.claim('operator', t.ids.li);
    expect(await total()).toBe(before);
    expect(await t.lectureOfSite()).toMatchObject({ audience: 3, byGrade: { B: 1, C: 1, D: 1 } });
  });
});

describe('what was ruled', () => {
  it('gives the same numbers when all is derived again, and when reports come late', async () => {
    await t.claim('operator', t.ids.li);
    await t.rule('secretary', 'attest', t.ids.zhao);
    await t.rule('secretary', 'annul', t.ids.wang);
    const before = await t.derived();
    await t.forget();
    expect(await t.derived()).toBe(before);
    const presence = { seq: 0, learnerId: t.ids.wang, clockFromMs: 20_000, clockToMs: 55_000, grade: 'B' };
    await send(
      t.house.api.url,
      batchOf([t.house.hall({ id: t.now.hall, presences: [presence] })], Date.now()),
      t.house.device,
    );
    expect(await t.explain('operator', t.ids.wang)).toMatchObject({ coveredMs: 0 });
  });

  it('stands in the audit log by ids alone, and the log holds', async () => {
    const made = await t.rule('secretary', 'annul', t.ids.wang);
    const entries = await t.house.api.database.query<{ content: string }[]>(
      `SELECT content FROM audit_entry ORDER BY seq DESC LIMIT 1`,
    );
    const [{ content }] = entries as [{ content: string }];
    expect(JSON.parse(content)).toMatchObject({
      deed: 'presence-overridden',
      facts: { override: made.body.id, session: t.now.hall, learner: labelOf(t.ids.wang), kind: 'annul' },
    });
    expect(content).not.toContain('paper');
    expect(content).not.toContain(t.ids.wang);
    expect(await verifyAudit(t.house.api.database.manager)).toMatchObject({ holds: true });
  });

  it('outlives an erasure by label: words go, totals stay', async () => {
    await t.claim('operator', t.ids.zhao);
    await t.rule('secretary', 'attest', t.ids.li);
    await t.call('POST', `/learners/${t.ids.li}/disputes`, 'li', { sessionId: t.now.hall, words: 'thanks' });
    const before = await t.lectureOfSite();
    for (const id of [t.ids.li, t.ids.zhao])
      expect((await t.call('DELETE', `/learners/${id}`, 'chief')).status).toBe(204);
    expect(await t.lectureOfSite()).toEqual(before);
    const { database } = t.house.api;
    const left = await database.query<object[]>(
      `SELECT learner_id, reason FROM tracking_override WHERE session_id = $1
       UNION ALL SELECT learner_id, NULL FROM tracking_claim WHERE session_id = $1`,
      [t.now.hall],
    );
    expect(left).toEqual([
      { learner_id: labelOf(t.ids.li), reason: null },
      { learner_id: labelOf(t.ids.zhao), reason: null },
    ]);
    expect(await database.query(`SELECT FROM dispute WHERE learner_id = $1`, [t.ids.li])).toEqual([]);
    await t.forget();
    expect(await t.lectureOfSite()).toEqual(before);
  });
});
