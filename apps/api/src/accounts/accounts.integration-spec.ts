import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { ADMIN_PASSWORD } from '../../../../test/support/config.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let admin: string;
let chief: string;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  admin = (await signIn(api.url, 'admin', ADMIN_PASSWORD)).cookie;
  chief = (await signIn(api.url, 'chief')).cookie;
});
afterAll(() => api.close());

const create = async (cookie: string, account: object) => {
  const response = await fetch(`${api.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Somebody', password: 'long enough', ...account }),
  });
  return { status: response.status, body: await response.json() };
};
const logins = async (cookie: string) => {
  const response = await fetch(`${api.url}/api/v1/accounts`, { headers: { cookie } });
  const { items } = (await response.json()) as { items: { login: string }[] };
  return items.map(({ login }) => login);
};

describe('accounts', () => {
  it('are listed to the admin of where they hold a role or learn', async () => {
    expect(await logins(chief)).toEqual(['auditor', 'chief', 'li', 'librarian', 'operator', 'organiser']);
    expect(await logins(admin)).toEqual(['admin']);
  });

  it('get the roles that their maker holds there, and no others', async () => {
    const roles = [{ role: 'admin', unitId: country.units.north }];
    const created = await create(chief, { login: 'north', roles });
    expect(created).toMatchObject({ status: 201, body: { login: 'north', roles: [{ ...roles[0], siteId: null }] } });
    const north = (await signIn(api.url, 'north', 'long enough')).cookie;
    const tries = [
      [{ role: 'librarian', unitId: country.units.north }],
      [{ role: 'admin', unitId: country.units.south }],
      [{ role: 'admin', unitId: country.units.centre }],
      [{ role: 'admin', siteId: country.sites.school }],
    ];
    for (const [index, wanted] of tries.entries()) {
      expect((await create(north, { login: `try${index}`, roles: wanted })).status).toBe(403);
    }
    expect(
      (await create(north, { login: 'hall', roles: [{ role: 'admin', siteId: country.sites.hall }] })).status,
    ).toBe(201);
  });

  it('belong to a learner whom their maker administers, one each', async () => {
    const north = (await signIn(api.url, 'north', 'long enough')).cookie;
    expect((await create(north, { login: 'chen', learnerId: country.learners.chen.id })).status).toBe(403);
    expect((await create(chief, { login: 'chen', learnerId: country.learners.chen.id })).status).toBe(201);
    expect((await create(chief, { login: 'chen2', learnerId: country.learners.chen.id })).status).toBe(409);
  });

  it('are refused when the login is taken, the place unclear, or there is nothing to do', async () => {
    const roles = [{ role: 'admin', unitId: country.units.north }];
    expect((await create(chief, { login: 'li', roles })).status).toBe(409);
    const both = [{ role: 'admin', unitId: country.units.north, siteId: country.sites.hall }];
    expect((await create(chief, { login: 'both', roles: both })).status).toBe(400);
    expect((await create(chief, { login: 'none' })).status).toBe(400);
    expect((await create(chief, { login: 'short', roles, password: '1234567' })).status).toBe(400);
  });
});
