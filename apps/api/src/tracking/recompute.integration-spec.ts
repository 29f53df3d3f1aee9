import { Health } from '#libs/contracts';
import { catchUp, foldUnits, recompute, recomputeSample, type Found } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchOf, send, startWatching } from '../../../../test/support/tracking.js';

const YESTERDAY = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
  await house.newEdition(60_000);
  const { li, wang } = house.country.learners;
  const there = [li, wang].map(({ id }, seq) => {
    return { seq, learnerId: id, clockFromMs: 0, clockToMs: 60_000, grade: 'B' };
  });
  const twice = [house.hall().spans[0], { ...house.hall().spans[0], seq: 1 }];
  const hall = house.hall({ presences: there, headCount: 7, spans: twice });
  await send(house.api.url, batchOf([hall], YESTERDAY), house.device);
});
afterAll(() => house.api.close());

const settle = async () => {
  await catchUp(house.api.database, 'anybody');
  await foldUnits(house.api.database, 1000);
};
const compare = (write = false) => recompute(house.api.database, { write, tell: () => undefined });
const sample = () => recomputeSample(house.api.database, 100, new AbortController().signal);
const differing = (found: readonly Found[]) =>
  Object.fromEntries(found.filter((part) => part.differing > 0).map((part) => [part.kind, part.differing]));
const totalsHealth = async () => {
  const response = await fetch(`${house.api.url}/api/v1/health`);
  return Health.parse(await response.json()).checks['totals'];
};

describe('a recompute', () => {
  it('says nothing of what waits to be derived', async () => {
    const [sessions] = await compare();
    expect(sessions).toMatchObject({ checked: 0, waiting: 1, differing: 0 });
  });

  it('finds everything equal once it is derived: sessions, learners, days of sites and of units', async () => {
    await settle();
    const found = await compare();
    expect(differing(found)).toEqual({});
    expect(found.map(({ kind, checked }) => [kind, checked])).toEqual([
      ['session', 1],
      ['learner', 2],
      ['site-day', 1],
      ['unit-day', 3],
    ]);
    expect(await totalsHealth()).toEqual({ status: 'ok' });
  });

  it.each([
    [`UPDATE session_record SET played_ms = played_ms + 1`, { session: 1 }],
    [`DELETE FROM session_audience`, { session: 1, learner: 2, 'site-day': 1 }],
    [`UPDATE session_minutes SET grade = 'A'`, { session: 1, 'site-day': 1 }],
    [`DELETE FROM tracking_refusal WHERE derived`, { session: 1 }],
    [`UPDATE learner_credit SET credit_ms = credit_ms - 1`, { learner: 2 }],
    [
      `UPDATE learner_credit SET complete = false, completed_day = NULL, completed_site_id = NULL`,
      { learner: 2, 'site-day': 1 },
    ],
    [`UPDATE site_day SET audience_d = 8`, { 'site-day': 1, 'unit-day': 1 }],
    [`DELETE FROM site_day WHERE edition_id IS NULL`, { 'site-day': 1, 'unit-day': 1 }],
    [
      `INSERT INTO session_record SELECT gen_random_uuid(), site_id, edition_id, kind, started_at, dated_by, day, 1, 0
      FROM session_record`,
      { session: 1, 'site-day': 1 },
    ],
  ])('sees what was broken by hand, as does the nightly sample, and mends it: %s', async (breaking, expected) => {
    await house.api.database.query(breaking);
    const found = await compare();
    expect(differing(found)).toEqual(expected);
    expect(found.find((part) => part.differing > 0)?.first.length).toBeGreaterThan(0);

    expect(differing(await sample())).toEqual(expected);
    const count = Object.values(expected).reduce((sum, one) => sum + one, 0);
    expect(await totalsHealth()).toMatchObject({ status: 'degraded', disagreeing: count });

    await compare(true);
    await settle();
    expect(differing(await compare())).toEqual({});
    expect(await totalsHealth()).toEqual({ status: 'ok' });
  });

  it('sees a unit total that was broken, in the unit and in the one above', async () => {
    const { villageA } = house.country.units;
    await house.api.database.query(`UPDATE unit_day SET sessions = 9 WHERE unit_id = $1`, [villageA]);
    expect(differing(await compare())).toEqual({ 'unit-day': 2 });
    await compare(true);
    expect(differing(await compare())).toEqual({});
  });
});

describe('an edition that turns out shorter when it is published', () => {
  it('is counted anew, so that what stands is what would be derived', async () => {
    const { database } = house.api;
    const editionId = await house.newEdition();
    const watched = house.personal({ spans: [{ ...house.personal().spans[0], toMs: 20_000, clockToMs: 20_000 }] });
    await send(house.api.url, batchOf([watched], YESTERDAY), house.device);
    await settle();
    await database.query(`UPDATE edition SET duration_ms = 19800 WHERE id = $1`, [editionId]);
    expect(await house.itemOf(house.device)).toMatchObject({ coveredMs: 19_800, durationMs: 19_800, complete: true });
    await settle();
    expect(differing(await compare())).toEqual({});
  });
});

describe('a verdict', () => {
  it('stays when a new edition takes the place of the one that was watched', async () => {
    const { database } = house.api;
    const first = await house.newEdition(15_000);
    await send(house.api.url, batchOf([house.personal()], YESTERDAY), house.device);
    const verdict = { editionId: first, complete: true, ruleVersion: 1 };
    expect(await house.itemOf(house.device)).toMatchObject(verdict);
    await database.query(
      `INSERT INTO edition (id, lecture_id, number, source_name, source_bytes, source_sha256, state, duration_ms)
       SELECT gen_random_uuid(), lecture_id, 2, source_name, source_bytes, source_sha256, state, 90000
       FROM edition WHERE id = $1`,
      [first],
    );
    await database.query(`UPDATE edition SET live = false WHERE id = $1`, [first]);
    await compare(true);
    expect(await house.itemOf(house.device)).toMatchObject({ ...verdict, live: false });
    const [{ completed_site_id }] = await database.query<[{ completed_site_id: string }]>(
      `SELECT completed_site_id FROM learner_credit WHERE edition_id = $1`,
      [first],
    );
    expect(completed_site_id).toBe(house.country.sites.hall);
  });
});
