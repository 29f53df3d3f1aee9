import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LectureRecord, SiteRecord } from '#libs/contracts';
import { catchUp, Course } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { addColleague } from '../../../../test/support/colleague.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, seedEdition, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

const get = async (path: string, login: string) => {
  const { cookie } = await signIn(house.api.url, login);
  return fetch(`${house.api.url}/api/v1${path}`, { headers: { cookie } });
};

/** Zhao was at the hall three days ago, and has moved to the school since. */
describe('a learner who watches at two sites', () => {
  const DAY_MS = 86_400_000;
  let lecture: { id: string; lectureId: string };
  const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
  beforeAll(async () => {
    const { course, learners, sites, devices } = house.country;
    const { database } = house.api;
    lecture = await seedEdition(database, { courseId: course.id, lengthMs: 120_000 });
    const watch = async (
      siteId: string,
      device: { authorization: string },
      fromMs: number,
      toMs: number,
      day: number,
    ) => {
      const spans = [spanOf(0, fromMs, toMs, 0)];
      const presences = [{ seq: 0, learnerId: learners.zhao.id, clockFromMs: 0, clockToMs: null, grade: 'B' }];
      const session = {
        id: uuidv7(),
        editionId: lecture.id,
        kind: 'hall',
        siteId,
        clockAtStartMs: 0,
        spans,
        presences,
      };
      const noonMs = Date.parse(`${dayAgo(day)}T04:00:00Z`);
      await send(house.api.url, batchOf([session], noonMs), { authorization: device.authorization });
    };
    await watch(sites.hall, devices.hall, 0, 30_000, 3);
    await watch(sites.hall, devices.hall, 30_000, 45_000, 5);
    await database.query(`UPDATE roster_entry SET to_date = now() WHERE learner_id = $1`, [learners.zhao.id]);
    await database.query(`INSERT INTO roster_entry (site_id, learner_id, from_date) VALUES ($1, $2, now())`, [
      sites.school,
      learners.zhao.id,
    ]);
    await watch(sites.school, devices.school, 45_000, 120_000, 1);
    await catchUp(database, 'anybody');
  });

  it('has at each what was watched there in those days, in the list and in the table alike', async () => {
    const days = `from=${dayAgo(3)}&to=${dayAgo(2)}`;
    const path = `/sites/${house.country.sites.hall}/record?${days}`;
    const { learners } = (await (await get(path, 'operator')).json()) as SiteRecord;
    const zhao = learners?.find(({ learnerId }) => learnerId === house.country.learners.zhao.id);
    expect(zhao).toMatchObject({ coveredMs: 30_000, minutesMs: 30_000, creditMs: 30_000, completed: 1 });
    const table = await (await get(`${path}&format=csv`, 'operator')).text();
    expect(table).toContain(`,赵强,25.0 %,0.5,30000,2.0,120000,0.5,30000,0.5,30000,yes\r\n`);
  });

  it('stands in the record of the lecture at both, also at the one whose roster they have left', async () => {
    const path = `/lectures/${lecture.lectureId}/record`;
    const { units } = house.country;
    const both = await addColleague(house.api.database, house.country, units.villageA, ['organiser']);
    await house.api.database.query(
      `INSERT INTO account_role (id, account_id, role, unit_id) SELECT gen_random_uuid(), id, 'organiser', $2 FROM account WHERE login = $1`,
      [both, units.villageB],
    );
    const { items } = (await (await get(path, both)).json()) as LectureRecord;
    const places = items.map(({ siteName, minutesMs, coveredMs, byGrade }) => [
      siteName,
      minutesMs,
      coveredMs,
      byGrade.B,
    ]);
    expect(places.sort()).toEqual([
      ['Hall', 45_000, 45_000, 45_000],
      ['School', 75_000, 75_000, 75_000],
    ]);
    const atTheHall = (await (await get(path, 'operator')).json()) as LectureRecord;
    expect(atTheHall.items).toMatchObject([{ siteName: 'Hall', minutesMs: 45_000, grade: 'B', complete: true }]);
  });
});

describe('the record of a lecture in many places', () => {
  it('is not there for those who do not see the lecture', async () => {
    const { units } = house.country;
    const { database } = house.api;
    const elsewhere = { id: uuidv7(), unitId: units.villageB, title: 'Of the south' };
    await database.manager.insert(Course, elsewhere);
    const hidden = await seedEdition(database, { courseId: elsewhere.id, lengthMs: 60_000 });
    for (const format of ['json', 'csv']) {
      expect((await get(`/lectures/${hidden.lectureId}/record?format=${format}`, 'operator')).status).toBe(404);
    }
  });

  it('lists two hundred sites and says that there are more; the table has all', async () => {
    const { database } = house.api;
    const many = await seedEdition(database, { courseId: house.country.course.id, lengthMs: 60_000 });
    const unitId = house.country.units.villageB;
    await database.query(
      `WITH sites AS (
         INSERT INTO site (id, unit_id, name) SELECT gen_random_uuid(), $1, 'Many ' || n FROM generate_series(1, 201) n RETURNING id
       ) INSERT INTO site_day SELECT id, '2026-01-01', $2, 1, 0, 0, 0, 7, 60000 FROM sites`,
      [unitId, many.id],
    );
    const path = `/lectures/${many.lectureId}/record`;
    const record = (await (await get(path, 'auditor')).json()) as LectureRecord;
    expect(record).toMatchObject({ sitesTruncated: true, sites: { length: 200 } });
    const table = await (await get(`${path}?format=csv`, 'auditor')).text();
    expect(table.match(/Many \d+,D,7,/g)).toHaveLength(201);
  });
});
