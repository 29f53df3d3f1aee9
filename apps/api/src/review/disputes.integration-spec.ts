import { describe, expect, it } from '@jest/globals';
import type { ClaimItem, DisputeItem, LearnerExplanation, Page } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { DAY_MS, reviewBeforeEach } from '../../../../test/support/review.js';
import { batchOf, send } from '../../../../test/support/tracking.js';

const t = reviewBeforeEach();

describe('a dispute', () => {
  it('is raised by the learner, answered by those of the site, and seen by both; no number changes', async () => {
    const alone = t.house.personal({ id: uuidv7() });
    await send(t.house.api.url, batchOf([alone], Date.now() - DAY_MS), t.house.li);
    const before = await t.explain();
    const raised = await t.call('POST', `/learners/${t.ids.li}/disputes`, 'li', {
      sessionId: alone.id,
      words: ' I saw all ',
    });
    expect([raised.status, raised.body]).toMatchObject([201, { words: 'I saw all', answer: null }]);
    const open = (await t.call('GET', `/disputes?siteId=${t.ids.site}`, 'operator')).body as Page<DisputeItem>;
    expect(open.items).toMatchObject([
      { learnerName: '李明', siteName: 'Hall', sessionId: alone.id, editionId: t.now.editionId },
    ]);
    const id = open.items[0]?.id ?? '';
    expect((await t.call('POST', `/disputes/${id}/answer`, 'operator', { words: 'Your phone stopped' })).status).toBe(
      200,
    );
    expect((await t.call('POST', `/disputes/${id}/answer`, 'operator', { words: 'again' })).status).toBe(409);
    const after = await t.explain();
    expect(after.items[0]?.disputes).toMatchObject([{ answer: { words: 'Your phone stopped', by: 'operator' } }]);
    expect({ ...after, items: [], freshAt: '' }).toEqual({ ...before, items: [], freshAt: '' });
    expect((await t.call('GET', '/disputes', 'organiser')).body).toMatchObject({ items: [] });
    expect((await t.call('GET', '/disputes?state=answered', 'organiser')).body).toMatchObject({ items: [{ id }] });
  });

  it('shows its words, and the reasons of overrides, to no screen of a hall', async () => {
    const sessionId = t.now.hall;
    await t.claim('operator', t.ids.li);
    await t.call('POST', `/learners/${t.ids.li}/disputes`, 'li', { sessionId, words: 'I came earlier' });
    await t.rule('secretary', 'attest', t.ids.li, { reason: 'seen by the teacher' });
    const path = `/learners/${t.ids.li}/record/${t.now.editionId}`;
    const { status, body } = await t.call('GET', path, t.house.country.devices.hall);
    expect([status, (body as LearnerExplanation).items[0]?.overrides]).toMatchObject([
      200,
      [{ reason: null, by: null }],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/earlier|teacher/);
    expect(JSON.stringify(await t.explain())).toMatch(/earlier.*teacher/);
  });

  it('is about what stands in one’s own record, one at a time', async () => {
    const dispute = (sessionId: string, learnerId = t.ids.li) =>
      t.call('POST', `/learners/${learnerId}/disputes`, 'li', { sessionId, words: 'no' });
    expect((await dispute(t.now.hall)).status).toBe(404);
    expect((await dispute(t.now.hall, t.ids.wang)).status).toBe(403);
    await t.claim('operator', t.ids.li);
    expect([(await dispute(t.now.hall)).status, (await dispute(t.now.hall)).status]).toEqual([201, 409]);
  });
});

describe('an override', () => {
  it('annuls what was reported of a learner, and another restores it; both stay, with their reasons', async () => {
    const before = await t.lectureOfSite();
    expect((await t.rule('secretary', 'annul', t.ids.wang)).status).toBe(201);
    expect(await t.lectureOfSite()).toMatchObject({ audience: 2, byGrade: { B: 0, D: 2 }, minutesMs: 0 });
    expect(await t.explain('operator', t.ids.wang)).toMatchObject({
      coveredMs: 0,
      items: [{ id: t.now.hall, grade: null }],
    });
    expect((await t.rule('secretary', 'annul', t.ids.wang)).status).toBe(409);
    expect((await t.rule('secretary', 'restore', t.ids.wang, { reason: 'a mistake' })).status).toBe(201);
    expect(await t.lectureOfSite()).toEqual(before);
    const [session] = (await t.explain('operator', t.ids.wang)).items;
    expect(session?.overrides).toMatchObject([
      { kind: 'annul', reason: 'the roll on paper', by: 'secretary', stands: false },
      { kind: 'restore', reason: 'a mistake', by: 'secretary', stands: true },
    ]);
  });

  it('attests that a learner was there, grade C, beside what was reported', async () => {
    expect((await t.rule('secretary', 'attest', t.ids.wang)).status).toBe(201);
    expect(await t.explain('operator', t.ids.wang)).toMatchObject({
      coveredMs: 60_000,
      byGrade: { B: 40_000, C: 20_000 },
    });
    await t.rule('secretary', 'attest', t.ids.zhao, { fromMs: 10_000, toMs: 40_000 });
    const zhao = await t.explain('operator', t.ids.zhao);
    expect(zhao).toMatchObject({ coveredMs: 30_000, byGrade: { C: 30_000 } });
    expect(zhao.items[0]?.presences).toMatchObject([{ source: 'attestation', grade: 'C' }]);
    expect(await t.lectureOfSite()).toMatchObject({ audience: 4, byGrade: { B: 1, C: 1, D: 2 } });
  });

  it('is for organisers of the site, with a reason, and never in their own case', async () => {
    expect((await t.rule('operator', 'annul', t.ids.wang)).status).toBe(403);
    expect((await t.rule('secretary', 'annul', t.ids.wang, { reason: '  ' })).status).toBe(400);
    expect((await t.rule('secretary', 'attest', t.ids.chen)).status).toBe(403);
    expect((await t.rule('secretary', 'annul', t.ids.zhao)).status).toBe(409);
    expect((await t.rule('secretary', 'attest', t.ids.zhao, { fromMs: 50_000, toMs: 90_000 })).status).toBe(400);
    const { database } = t.house.api;
    await database.query(`UPDATE account SET learner_id = $1 WHERE login = 'secretary'`, [t.ids.wang]);
    expect((await t.rule('secretary', 'annul', t.ids.wang)).status).toBe(403);
    await database.query(`UPDATE account SET learner_id = NULL WHERE login = 'secretary'`);
  });
});

describe('who stands above the unit of the roster', () => {
  /** Li was named as one of the heads, and says that this is not right. */
  const disputed = async () => {
    await t.claim('operator', t.ids.li);
    await t.call('POST', `/learners/${t.ids.li}/disputes`, 'li', { sessionId: t.now.hall, words: 'I left early' });
    return waiting();
  };
  /** Once what follows from what was ruled is derived. */
  const waiting = async () => {
    await t.siteRecord();
    const page = (await t.call('GET', '/disputes?limit=200', 'organiser')).body as Page<DisputeItem>;
    const found = page.items.find(({ sessionId }) => sessionId === t.now.hall);
    if (!found) throw new Error('The dispute is not there.');
    return found;
  };

  it('sees the case and what stands in it, but neither name nor id', async () => {
    const found = await disputed();
    expect(found).toMatchObject({ learnerId: null, learnerName: null, words: 'I left early', siteName: 'Hall' });
    expect(found).toMatchObject({ kind: 'hall', grade: 'C', minutesMs: 60_000, ruling: null });
    expect(found.learnerLabel).toMatch(/^[0-9a-f]{6}$/);
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`李明|${t.ids.li}`));
  });

  it('rules on it by the dispute, and on nobody by name', async () => {
    const { id } = await disputed();
    expect((await t.rule('organiser', 'annul', t.ids.li)).status).toBe(403);
    expect((await t.rule('chief', 'attest', t.ids.wang)).status).toBe(403);
    const ruling = { kind: 'annul', reason: 'left early', disputeId: id };
    const rule = (sessionId: string, body: object) =>
      t.call('POST', `/tracking/sessions/${sessionId}/overrides`, 'organiser', body);
    expect((await rule(uuidv7(), ruling)).status).toBe(404);
    expect((await rule(t.now.hall, { ...ruling, learnerId: t.ids.li })).status).toBe(400);
    expect((await rule(t.now.hall, { kind: 'annul', reason: 'x' })).status).toBe(400);
    expect((await rule(t.now.hall, ruling)).body).toMatchObject({ kind: 'annul', by: 'organiser', stands: true });
    expect(await t.explain()).toMatchObject({ coveredMs: 0, items: [{ overrides: [{ kind: 'annul' }] }] });
    expect(await waiting()).toMatchObject({ grade: null, minutesMs: 0, ruling: 'annul' });
  });

  it('confirms claims without a name, and names nobody', async () => {
    expect((await t.claim('organiser', t.ids.li)).status).toBe(403);
    await t.claim('li', t.ids.li);
    await t.siteRecord();
    const { items } = (await t.call('GET', '/claims?limit=200', 'chief')).body as Page<ClaimItem>;
    const waiting = items.find(({ sessionId }) => sessionId === t.now.hall);
    expect(waiting).toMatchObject({ learnerId: null, learnerName: null, headsLeft: 2 });
    const decided = await t.call('POST', `/claims/${waiting?.id ?? ''}/decision`, 'chief', { confirm: true });
    expect(decided.body).toMatchObject({ state: 'confirmed', decidedBy: 'chief' });
  });
});
