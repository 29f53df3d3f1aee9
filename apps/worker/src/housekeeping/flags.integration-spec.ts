import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FlagItem, Page } from '#libs/contracts';
import { catchUp } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { startReview } from '../../../../test/support/review.js';
import { batchOf, seedLearner, send, spanOf } from '../../../../test/support/tracking.js';
import { Flags } from './flags.service.js';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

let t: Awaited<ReturnType<typeof startReview>>;
let people: string[];
let editionId: string;
const noon = new Date(Date.now() - 3 * 24 * HOUR_MS).setUTCHours(4, 0, 0, 0);

beforeAll(async () => {
  t = await startReview();
  const { database, url } = t.house.api;
  const { sites, devices } = t.house.country;
  editionId = await t.house.newEdition(30 * HOUR_MS);
  people = [];
  for (let n = 0; n < 5; n++) people.push(await seedLearner(database, sites.school, `pupil ${n}`));
  await database.query(`UPDATE roster_entry SET to_date = '2021-01-01' WHERE learner_id = $1`, [t.ids.chen]);
  for (const id of people) {
    await database.query(`INSERT INTO roster_entry (site_id, learner_id, from_date) VALUES ($1, $2, '2020-01-01')`, [sites.hall, id]); // prettier-ignore
  }
  const roll = people.map((learnerId, seq) => ({ seq, learnerId, clockFromMs: 0, clockToMs: null, grade: 'C' }));
  const held = (more: object = {}) => t.house.hall({ id: uuidv7(), editionId, presences: roll, ...more });
  const school = Array.from({ length: 8 }, () => held({ siteId: sites.school, spans: [spanOf(0, 0, HOUR_MS)] }));
  await send(url, batchOf(school, noon), { authorization: devices.school.authorization });
  await send(url, batchOf([held({ spans: [spanOf(0, 0, HOUR_MS)] })], noon), t.house.device);
  const long = t.house.personal({ id: uuidv7(), editionId, spans: [spanOf(0, 0, 15 * HOUR_MS)] });
  await send(url, batchOf([long], new Date(noon).setUTCHours(1, 0, 0, 0)), t.house.li);
  const fast = Array.from({ length: 30 }, (_, seq) => ({ ...spanOf(seq + 1, 60_000, 120_000, 60_000 + seq * 1000), clockToMs: 60_500 + seq * 1000 })); // prettier-ignore
  const tooFast = t.house.hall({ id: uuidv7(), editionId, spans: [spanOf(0, 0, 60_000), ...fast] });
  await send(url, batchOf([tooFast], noon + 5 * HOUR_MS), t.house.device);
  while ((await catchUp(database, 'anybody')) > 0);
  await database.query(`UPDATE device SET enrolled_at = now() - interval '40 days'`);
  await database.query(`UPDATE tracking_batch SET received_at = now() - interval '20 days' WHERE credential = $1`, [
    `device:${devices.school.id}`,
  ]);
});
afterAll(() => t.house.api.close());

const look = () => new Flags(t.house.api.database).run(new Date(), never);
const flags = async (query = '', who = 'organiser') =>
  ((await t.call('GET', `/flags${query}`, who)).body as Page<FlagItem>).items;
const decide = (id: string | undefined, state: string, who = 'organiser') =>
  t.call('PATCH', `/flags/${id ?? ''}`, who, { state, note: 'asked the village' });

describe('the look for what is odd', () => {
  it('finds each kind with its evidence, and changes no number', async () => {
    const before = await t.derived();
    await look();
    expect(await t.derived()).toBe(before);
    const found = await flags('?limit=200');
    const of = (kind: string) => found.filter((flag) => flag.kind === kind);
    expect(of('long-day')).toMatchObject([
      { learner: null, isUnnamed: true, siteName: 'Hall', evidence: { numbers: { playedMs: 15 * HOUR_MS } } },
    ]);
    expect(await flags('?kind=long-day', 'secretary')).toMatchObject([{ learner: { name: '李明' } }]);
    expect(of('long-day')[0]?.evidence.sessions).toMatchObject([
      { lectureTitle: 'Wells', editionId, siteName: 'Hall' },
    ]);
    expect(of('always-everyone')).toMatchObject([
      { siteName: 'School', evidence: { numbers: { sessions: 8, people: 5 } } },
    ]);
    expect(
      of('same-audience')
        .map(({ siteName }) => siteName)
        .sort(),
    ).toEqual(['Hall', 'School']);
    expect(of('same-audience')[0]?.evidence).toMatchObject({ numbers: { people: 5, overlapMs: HOUR_MS } });
    expect(of('impossible-rates')).toMatchObject([
      { deviceName: 'box', siteName: 'Hall', evidence: { numbers: { fasterThanClock: 30 } } },
    ]);
    expect(of('silent-device')).toMatchObject([{ siteName: 'School', evidence: { numbers: { everReported: 1 } } }]);
    expect(of('same-roster')).toEqual([]);
  });

  it('finds two rosters of the same people', async () => {
    const { learners, sites } = t.house.country;
    const others = [learners.li.id, learners.wang.id, learners.zhao.id];
    await t.house.api.database.query(
      `UPDATE roster_entry SET to_date = CURRENT_DATE WHERE site_id = $1 AND learner_id = ANY($2::uuid[])`,
      [sites.hall, others],
    );
    await look();
    expect((await flags('?kind=same-roster')).map(({ evidence }) => evidence.otherSite?.name).sort()).toEqual([
      'Hall',
      'School',
    ]);
  });

  it('keeps one flag of a thing, and leaves what was decided as it is', async () => {
    const [flag] = await flags('?kind=long-day');
    const answer = await decide(flag?.id, 'fine');
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { state: 'fine', note: 'asked the village', decidedBy: 'organiser' },
    ]);
    const open = (await flags()).map(({ id }) => id).sort();
    await look();
    expect((await flags()).map(({ id }) => id).sort()).toEqual(open);
    expect(await flags('?state=fine')).toMatchObject([{ id: flag?.id, note: 'asked the village' }]);
    expect((await decide(flag?.id, 'open', 'chief')).body).toMatchObject({ state: 'open', decidedBy: 'chief' });
  });

  it('names nobody but to who keeps a roster with them on it', async () => {
    const { database } = t.house.api;
    const { sites, learners } = t.house.country;
    const move = (site: string) =>
      database.query(`UPDATE roster_entry SET site_id = $1 WHERE learner_id = $2`, [site, learners.li.id]);
    await move(sites.school);
    const [flag] = await flags('?kind=long-day', 'secretary');
    expect([flag?.learner, flag?.isUnnamed]).toEqual([null, true]);
    expect((await decide(flag?.id, 'open', 'secretary')).body).toMatchObject({ learner: null, isUnnamed: true });
    await move(sites.hall);
    expect(await flags('?kind=long-day', 'secretary')).toMatchObject([{ learner: { name: '李明' }, isUnnamed: false }]);
    expect(await flags('?kind=long-day')).toMatchObject([{ learner: null, isUnnamed: true }]);
  });

  it('is for those who answer for the sites', async () => {
    const [flag] = await flags('?kind=silent-device');
    expect((await t.call('GET', '/flags', 'operator')).status).toBe(403);
    expect((await decide(flag?.id, 'acted', 'operator')).status).toBe(403);
    const { database } = t.house.api;
    const move = (unit: string) =>
      database.query(`UPDATE account_role SET unit_id = $1 WHERE account_id = $2`, [unit, t.house.country.accounts.organiser.id]); // prettier-ignore
    await move(t.house.country.units.north);
    const near = await flags('?limit=200');
    expect(near.map(({ siteName }) => siteName)).not.toContain('School');
    expect(near.find(({ kind }) => kind === 'same-audience')?.evidence).toMatchObject({
      otherSite: { id: null, name: null },
      sessions: [
        { siteName: null, lectureTitle: null, editionId: null },
        { siteName: 'Hall', lectureTitle: 'Wells', editionId },
      ],
    });
    expect(JSON.stringify(near)).not.toContain('School');
    expect((await decide(flag?.id, 'acted')).status).toBe(403);
    await move(t.house.country.units.centre);
    expect((await decide(flag?.id, 'acted')).body).toMatchObject({ state: 'acted' });
  });
});
