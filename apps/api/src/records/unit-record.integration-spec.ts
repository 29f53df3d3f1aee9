import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UnitRecord } from '#libs/contracts';
import { catchUp, Category, Course, foldUnits } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { addColleague } from '../../../../test/support/colleague.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, seedDevice, send, startWatching } from '../../../../test/support/tracking.js';

let house: Awaited<ReturnType<typeof startWatching>>;
const cookies = new Map<string, string>();
beforeAll(async () => {
  house = await startWatching();
  const { api, country } = house;
  const [farming, soils] = [uuidv7(), uuidv7()];
  await api.database.manager.insert(Category, { id: farming, nameEn: 'Farming', nameZh: '农业' });
  await api.database.manager.insert(Category, { id: soils, parentId: farming, nameEn: 'Soils', nameZh: '土壤' });
  await api.database.manager.update(Course, country.course.id, { categoryId: soils });
  await house.newEdition(60_000);
  await watch(country.sites.hall, [country.learners.li.id, country.learners.wang.id], 7, '2026-03-02T04:00:00Z');
  await watch(country.sites.hall, [country.learners.li.id], 5, '2026-03-03T04:00:00Z');
  await watch(country.sites.school, [country.learners.chen.id], 9, '2026-03-03T05:00:00Z');
  await catchUp(api.database, 'anybody');
  await foldUnits(api.database, 1000);
  const northern = await addColleague(api.database, country, country.units.north, ['auditor']);
  for (const login of ['auditor', 'organiser', 'secretary', 'operator', northern]) {
    cookies.set(login === northern ? 'northern' : login, (await signIn(api.url, login)).cookie);
  }
});
afterAll(() => house.api.close());

/** A hall shows the whole minute to some learners and some heads. */
async function watch(siteId: string, learnerIds: readonly string[], headCount: number, at: string) {
  const presences = learnerIds.map((learnerId, seq) => {
    return { seq, learnerId, clockFromMs: 0, clockToMs: 60_000, grade: 'B' };
  });
  const session = house.hall({ siteId, presences, headCount });
  await send(house.api.url, batchOf([session], Date.parse(at)), await seedDevice(house.api.database, siteId));
}

const ask = (unitId: string, query: string, login: string) =>
  fetch(`${house.api.url}/api/v1/units/${unitId}/record?${query}`, {
    headers: { cookie: cookies.get(login) ?? '', 'accept-language': 'en' },
  });
const recordOf = async (unitId: string, query = '', login = 'organiser'): Promise<UnitRecord> => {
  const response = await ask(unitId, query, login);
  expect(response.status).toBe(200);
  return (await response.json()) as UnitRecord;
};
const listed = ({ items }: UnitRecord) => items.map(({ name, id, audience }) => [name ?? id, audience]);

describe('the record of a unit', () => {
  it('has what was watched at all sites below it, with credit, verdicts and how fresh it is', async () => {
    const { units } = house.country;
    const record = await recordOf(units.centre);
    expect(record).toMatchObject({
      unitName: 'Centre',
      sessions: 3,
      audience: 25,
      byGrade: { A: null, B: null, C: null, D: null },
      minutesMs: 240_000,
      creditMs: 240_000,
      completions: null,
      above: [],
    });
    expect(Date.now() - Date.parse(record.freshAt)).toBeLessThan(60_000);
    expect(listed(record)).toEqual([
      ['North', 15],
      ['South', 10],
    ]);
    const village = await recordOf(units.villageA, 'by=site');
    expect(listed(village)).toEqual([['Hall', 15]]);
    expect(village.above.map(({ name }) => name)).toEqual(['Centre', 'North']);
  });

  it('is told whole to those who keep the rosters: organisers and admins of a unit with none below it', async () => {
    const { villageA, north, centre } = house.country.units;
    const whole = {
      sessions: 2,
      audience: 15,
      byGrade: { A: 0, B: 3, C: 0, D: 12 },
      minutesMs: 180_000,
      completions: 2,
    };
    expect(await recordOf(villageA, '', 'secretary')).toMatchObject(whole);
    expect((await recordOf(villageA, 'by=site', 'secretary')).items).toMatchObject([{ name: 'Hall', ...whole }]);
    const above = { audience: 15, byGrade: { B: null, D: null }, completions: null };
    for (const unitId of [villageA, north]) expect(await recordOf(unitId)).toMatchObject(above);
    for (const unitId of [north, centre]) expect((await ask(unitId, '', 'secretary')).status).toBe(403);
    const { database } = house.api;
    const hamlet = uuidv7();
    await database.query(`INSERT INTO unit (id, name, kind) VALUES ($1, 'Hamlet', 'village')`, [hamlet]);
    await database.query(`INSERT INTO unit_parent (unit_id, parent_id, from_date) VALUES ($1, $2, CURRENT_DATE)`, [
      hamlet,
      villageA,
    ]);
    expect(await recordOf(villageA, '', 'secretary')).toMatchObject(above);
    await database.query(`DELETE FROM unit_parent WHERE unit_id = $1`, [hamlet]);
  });

  it('can be taken apart by lecture, by category of both tiers and by day, and cut to some days', async () => {
    const { centre } = house.country.units;
    expect((await recordOf(centre, 'by=lecture')).items).toMatchObject([
      { name: 'Wells', under: 'Soil and water', sessions: 3, audience: 25, completions: null },
    ]);
    expect((await recordOf(centre, 'by=category')).items).toMatchObject([
      { name: 'Farming', under: null, audience: 25 },
      { name: 'Soils', under: 'Farming', audience: 25 },
    ]);
    expect(listed(await recordOf(centre, 'by=day'))).toEqual([
      ['2026-03-03', 16],
      ['2026-03-02', 9],
    ]);
    const day = await recordOf(centre, 'from=2026-03-03&to=2026-03-03');
    expect([day.audience, listed(day)]).toEqual([
      16,
      [
        ['North', 6],
        ['South', 10],
      ],
    ]);
  });

  it('comes page by page', async () => {
    const { centre } = house.country.units;
    for (const by of ['unit', 'category', 'day']) {
      const whole = await recordOf(centre, `by=${by}`);
      const first = await recordOf(centre, `by=${by}&limit=1`);
      const second = await recordOf(centre, `by=${by}&limit=1&after=${first.next ?? ''}`);
      expect([...first.items, ...second.items]).toEqual(whole.items);
      expect(second.next).toBeNull();
    }
  });

  it('is for staff of the unit or of one above: not for an operator, nor for a neighbour', async () => {
    const { north, south, centre } = house.country.units;
    expect((await ask(north, '', 'northern')).status).toBe(200);
    expect((await recordOf(house.country.units.villageA, '', 'northern')).above.map(({ name }) => name)).toEqual([
      'North',
    ]);
    for (const unitId of [south, centre]) expect((await ask(unitId, '', 'northern')).status).toBe(403);
    expect((await ask(north, '', 'operator')).status).toBe(403);
    expect((await ask(uuidv7(), '', 'organiser')).status).toBe(403);
    expect((await ask(north, 'by=learner', 'organiser')).status).toBe(400);
    expect((await ask(north, 'after=nonsense', 'organiser')).status).toBe(400);
  });

  it('is a table, too', async () => {
    const table = await (await ask(house.country.units.villageA, 'by=site&format=csv', 'secretary')).text();
    expect(table).toContain('Hall,,2,15,0,3,0,12,3.0,180000,3.0,180000,2\r\n');
    expect(table.split('\r\n')[0]).toContain('Credit (minutes),Credit (ms),Completions');
  });
});

describe('a group under five below a unit', () => {
  const countMore = (heads: number) =>
    house.api.database.query(`UPDATE unit_day SET audience_d = audience_d + $2 WHERE unit_id = ANY($1::uuid[]) AND day = '2026-03-03'`, [
      [house.country.units.south, house.country.units.centre],
      heads,
    ]); // prettier-ignore
  beforeAll(() => countMore(-8));
  afterAll(() => countMore(8));

  it.each(['auditor', 'organiser'])(
    'is not told to the %s above, nor what it could be reckoned from',
    async (login) => {
      const { centre } = house.country.units;
      const record = await recordOf(centre, '', login);
      expect(record).toMatchObject({ sessions: 3, audience: 17, byGrade: { B: null, D: null }, completions: null });
      const hidden = { audience: null, minutesMs: null, creditMs: null, completions: null, byGrade: { D: null } };
      expect(record.items).toMatchObject([
        { name: 'North', ...hidden },
        { name: 'South', ...hidden },
      ]);
      const table = await (await ask(centre, 'format=csv', login)).text();
      expect(table).toContain(`North,,2${',not told'.repeat(10)}\r\n`);
    },
  );
});
