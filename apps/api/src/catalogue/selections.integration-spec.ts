import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Answer, type Call, clientOf, eachOf } from '../../../../test/support/client.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['librarian', 'operator', 'li']);
});
afterAll(() => api.close());

const titles = (page: Answer) => eachOf(page, 'title');
const newCourse = async (unitId: string, title: string, more: object = {}) => {
  const { body } = await call('POST', '/courses', 'librarian', { unitId, title, ...more });
  return String(body.id);
};

describe('selections', () => {
  it("are a learner's own, made once, and marked in the catalogue", async () => {
    const wish = { courseId: country.course.id };
    const [one, again] = await Promise.all([
      call('POST', '/selections', 'li', wish),
      call('POST', '/selections', 'li', wish),
    ]);
    expect([one.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(one.body.id);
    expect(one.body).toMatchObject({ title: 'Soil and water', learnerId: country.learners.li.id, siteId: null });
    expect(titles(await call('GET', '/courses?selected=true', 'li'))).toEqual(['Soil and water']);
    expect(titles(await call('GET', '/courses?selected=true', country.devices.hall))).toEqual([]);
    expect((await call('GET', `/courses/${country.course.id}`, 'li')).body.selected).toBe(true);
    expect((await call('DELETE', `/selections/${one.body.id}`, 'operator')).status).toBe(404);
    expect((await call('DELETE', `/selections/${one.body.id}`, 'li')).status).toBe(204);
    expect((await call('GET', '/selections', 'li')).body.items).toEqual([]);
  });

  it('of a site are made by its device or operator', async () => {
    const wish = { lectureId: country.lecture.id };
    const made = await call('POST', '/selections', country.devices.hall, wish);
    expect(made.body).toMatchObject({ siteId: country.sites.hall, learnerId: null, title: 'Terraces' });
    expect((await call('POST', '/selections', 'operator', wish)).body.id).toBe(made.body.id);
    expect(titles(await call('GET', '/lectures?selected=true', 'operator'))).toEqual(['Terraces']);
    expect(titles(await call('GET', '/selections', 'operator'))).toEqual(['Terraces']);
    const there = { ...wish, siteId: country.sites.school };
    expect((await call('POST', '/selections', 'operator', there)).status).toBe(403);
    expect((await call('POST', '/selections', country.devices.hall, there)).status).toBe(403);
    expect((await call('DELETE', `/selections/${made.body.id}`, country.devices.school)).status).toBe(404);
  });

  it('are only of what the picker sees', async () => {
    const course = await newCourse(country.units.south, 'Far away');
    expect((await call('POST', '/selections', 'li', { courseId: course })).status).toBe(404);
  });
});
