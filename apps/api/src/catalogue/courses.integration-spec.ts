import { Category } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Answer, type Call, clientOf, eachOf } from '../../../../test/support/client.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['librarian', 'operator', 'li', 'auditor']);
});
afterAll(() => api.close());

const titles = (page: Answer) => eachOf(page, 'title');
const newCourse = async (unitId: string, title: string, more: object = {}) => {
  const { body } = await call('POST', '/courses', 'librarian', { unitId, title, ...more });
  return String(body.id);
};
const newLecture = async (courseId: string, title: string) => {
  const { body } = await call('POST', '/lectures', 'librarian', { courseId, title });
  return String(body.id);
};

describe('libraries', () => {
  it('are seen in the whole subtree of their unit and nowhere else', async () => {
    const { north, south, villageA } = country.units;
    await newCourse(north, 'Of the north');
    await newCourse(south, 'Of the south');
    await newCourse(villageA, 'Of the village');
    const here = ['Of the north', 'Of the village', 'Soil and water'];
    expect(titles(await call('GET', '/courses', 'li'))).toEqual(here);
    expect(titles(await call('GET', '/courses', country.devices.hall))).toEqual(here);
    expect(titles(await call('GET', '/courses', 'operator'))).toEqual(here);
    expect(titles(await call('GET', '/courses', country.devices.school))).toEqual(['Of the south', 'Soil and water']);
    expect(titles(await call('GET', '/courses', 'auditor'))).toEqual([
      'Of the north',
      'Of the south',
      'Of the village',
      'Soil and water',
    ]);
    expect(titles(await call('GET', `/courses?unitId=${north}`, 'li'))).toEqual(['Of the north']);
  });

  it('hide a course and its lectures from those elsewhere', async () => {
    const course = await newCourse(country.units.south, 'Only there');
    const lecture = await newLecture(course, 'Only there');
    expect((await call('GET', `/courses/${course}`, 'li')).status).toBe(404);
    expect((await call('GET', `/lectures/${lecture}`, 'li')).status).toBe(404);
    expect(titles(await call('GET', `/lectures?courseId=${course}`, 'li'))).toEqual([]);
    expect((await call('GET', `/lectures/${lecture}`, country.devices.school)).status).toBe(200);
  });
});

describe('courses', () => {
  it('are found by one Chinese character or more, sorted by pinyin, page by page', async () => {
    const { centre } = country.units;
    for (const title of ['水稻病害', '农田节水', '梯田水土保持', '果树修剪']) await newCourse(centre, title);
    expect(titles(await call('GET', '/courses?q=水', 'li'))).toEqual(['农田节水', '水稻病害', '梯田水土保持']);
    expect(titles(await call('GET', '/courses?q=水土', 'li'))).toEqual(['梯田水土保持']);
    const first = await call('GET', '/courses?q=水&limit=2', 'li');
    const next = await call('GET', `/courses?q=水&limit=2&after=${first.body.next}`, 'li');
    expect([titles(first), titles(next), next.body.next]).toEqual([['农田节水', '水稻病害'], ['梯田水土保持'], null]);
  });

  it('are found by a category of the first tier with those under it', async () => {
    const farming = (await call('POST', '/categories', 'librarian', { nameEn: 'Farming', nameZh: '农业' })).body;
    const under = { nameEn: 'Grain', nameZh: '粮食', parentId: farming.id };
    const grain = (await call('POST', '/categories', 'librarian', under)).body;
    await newCourse(country.units.centre, 'Wheat', { categoryId: grain.id });
    expect(titles(await call('GET', `/courses?categoryId=${farming.id}`, 'li'))).toEqual(['Wheat']);
    expect(titles(await call('GET', `/courses?categoryId=${grain.id}`, 'li'))).toEqual(['Wheat']);
    const third = { nameEn: 'Rye', nameZh: '黑麦', parentId: grain.id };
    expect((await call('POST', '/categories', 'librarian', third)).status).toBe(400);
    expect((await call('GET', '/categories', 'li')).body.items).toHaveLength(2);
    expect(await api.database.manager.count(Category)).toBe(2);
  });

  it('take changes, and refuse those that are none', async () => {
    const id = await newCourse(country.units.north, 'Before');
    const changed = await call('PATCH', `/courses/${id}`, 'librarian', { title: 'After', categoryId: null });
    expect(changed).toMatchObject({ status: 200, body: { title: 'After', unitName: 'North', lectureCount: 0 } });
    expect((await call('PATCH', `/courses/${id}`, 'librarian', {})).status).toBe(400);
    expect((await call('PATCH', `/courses/${id}`, 'librarian', { title: ' ' })).status).toBe(400);
    const elsewhere = { unitId: country.units.centre, title: 'x', categoryId: uuidv7() };
    expect((await call('POST', '/courses', 'librarian', elsewhere)).status).toBe(404);
  });
});
