import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SiteParts, SiteRecord } from '#libs/contracts';
import { Category, Course } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, send, startWatching } from '../../../../test/support/tracking.js';

let house: Awaited<ReturnType<typeof startWatching>>;
let call: Call;
let path: string;
beforeAll(async () => {
  house = await startWatching();
  call = await clientOf(house.api.url, ['operator', 'secretary', 'organiser', 'auditor', 'li']);
  const { course, learners, sites } = house.country;
  path = `/sites/${sites.hall}/record`;
  const [farming, soils] = [uuidv7(), uuidv7()];
  const { manager } = house.api.database;
  await manager.insert(Category, { id: farming, nameEn: 'Farming', nameZh: '农业' });
  await manager.insert(Category, { id: soils, parentId: farming, nameEn: 'Soils', nameZh: '土壤' });
  await manager.update(Course, course.id, { categoryId: soils });
  await house.newEdition(60_000);
  await watch([learners.li.id, learners.wang.id], 7, '2026-03-02T04:00:00Z');
  await watch([learners.li.id], 2, '2026-03-03T04:00:00Z');
  await watch([learners.li.id], 6, '2026-03-05T04:00:00Z');
});
afterAll(() => house.api.close());

/** The hall shows the whole minute to some learners and some heads. */
async function watch(learnerIds: readonly string[], headCount: number, at: string) {
  const presences = learnerIds.map((learnerId, seq) => {
    return { seq, learnerId, clockFromMs: 0, clockToMs: 60_000, grade: 'B' };
  });
  await send(house.api.url, batchOf([house.hall({ presences, headCount })], Date.parse(at)), house.device);
}

const partsOf = async (query: string, login = 'operator') =>
  (await call('GET', `${path}/parts?${query}`, login)).body as SiteParts;
const record = async (login: string, query = '') => (await call('GET', `${path}?${query}`, login)).body as SiteRecord;

describe('the record of a site', () => {
  it('has credit and verdicts, in all and of each lecture', async () => {
    const whole = { audience: 19, minutesMs: 240_000, creditMs: 240_000, completions: 2 };
    expect(await record('operator')).toMatchObject({ ...whole, lectures: [whole] });
    expect(await record('operator', 'from=2026-03-03')).toMatchObject({
      audience: 10,
      creditMs: 120_000,
      completions: 0,
    });
  });

  it('can be taken apart by day, the latest first, by lecture and by category of both tiers', async () => {
    const days = await partsOf('by=day');
    expect(days.items).toMatchObject([
      { id: '2026-03-05', audience: 7, byGrade: { B: 1, D: 6 }, creditMs: 60_000, completions: 0 },
      { id: '2026-03-03', audience: 3, minutesMs: 60_000 },
      { id: '2026-03-02', audience: 9, minutesMs: 120_000, creditMs: 120_000, completions: 2 },
    ]);
    expect((await partsOf('by=category')).items).toMatchObject([
      { name: 'Farming', under: null, audience: 19 },
      { name: 'Soils', under: 'Farming', audience: 19, creditMs: 240_000 },
    ]);
    expect((await partsOf('by=lecture')).items).toMatchObject([
      { name: 'Wells', under: 'Soil and water', audience: 19 },
    ]);
    expect((await partsOf('by=day&from=2026-03-03&to=2026-03-03')).items).toMatchObject([{ id: '2026-03-03' }]);
  });

  it('is then the sum of its days', async () => {
    const { items } = await partsOf('by=day');
    const whole = await record('operator');
    for (const of of ['audience', 'minutesMs', 'creditMs', 'completions'] as const)
      expect(items.reduce((sum, part) => sum + (part[of] ?? NaN), 0)).toBe(whole[of]);
  });

  it('comes page by page, and as a table', async () => {
    const { items } = await partsOf('by=day');
    const first = await partsOf('by=day&limit=2');
    const second = await partsOf(`by=day&limit=2&after=${first.next ?? ''}`);
    expect([[...first.items, ...second.items], second.next]).toEqual([items, null]);
    const { cookie } = await signIn(house.api.url, 'operator');
    const table = await fetch(`${house.api.url}/api/v1${path}/parts?by=day&format=csv`, { headers: { cookie } });
    expect(await table.text()).toContain('2026-03-02,,1,9,0,2,0,7,2.0,120000,2.0,120000,2\r\n');
  });

  it.each(['organiser', 'auditor'])(
    'tells the %s above no day under five, nor one by which it could be reckoned',
    async (login) => {
      expect(await record(login)).toMatchObject({ audience: 19, completions: null });
      expect((await partsOf('by=day', login)).items).toMatchObject([
        { id: '2026-03-05', audience: null, minutesMs: null, creditMs: null, byGrade: { D: null } },
        { id: '2026-03-03', audience: null, minutesMs: null, creditMs: null },
        { id: '2026-03-02', audience: 9, byGrade: { D: null }, completions: null },
      ]);
      expect((await partsOf('by=day', 'secretary')).items.map(({ audience }) => audience)).toEqual([7, 3, 9]);
    },
  );

  it('is not taken apart for strangers, nor by anything else', async () => {
    const status = async (as: Parameters<Call>[2], query = '') =>
      (await call('GET', `${path}/parts${query}`, as)).status;
    expect(await status('li')).toBe(403);
    expect(await status(house.country.devices.school)).toBe(403);
    expect(await status(house.country.devices.hall)).toBe(200);
    expect(await status('operator', '?by=learner')).toBe(400);
  });
});

describe('lectures beside each other', () => {
  it('hide a group under five and the next smallest from those above, and show both to the operator', async () => {
    const audiences = async (login: string) => (await record(login)).lectures.map(({ audience }) => audience);
    const before = await audiences('operator');
    await house.newEdition(60_000);
    await watch([house.country.learners.wang.id], 1, '2026-03-09T04:00:00Z');
    expect((await audiences('operator')).sort()).toEqual([...before, 2].sort());
    expect(await audiences('organiser')).toEqual([null, null]);
  });
});
