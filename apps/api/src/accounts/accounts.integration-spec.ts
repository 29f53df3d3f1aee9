import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RosterEntry } from '#libs/database';
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
    expect(await logins(chief)).toEqual(['auditor', 'chief', 'li', 'librarian', 'operator', 'organiser', 'secretary']);
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

  it('belong to no learner who is on a roster elsewhere, too, or on none of late', async () => {
    const north = (await signIn(api.url, 'north', 'long enough')).cookie;
    const { wang } = country.learners;
    const entry = { siteId: country.sites.school, learnerId: wang.id };
    await api.database.manager.insert(RosterEntry, { ...entry, fromDate: '2024-01-01' });
    expect((await create(north, { login: 'wang', learnerId: wang.id })).status).toBe(403);
    await api.database.manager.update(RosterEntry, { learnerId: wang.id }, { toDate: '2026-01-01' });
    expect((await create(north, { login: 'wang', learnerId: wang.id })).status).toBe(403);
    await api.database.manager.update(RosterEntry, entry, { toDate: '2025-01-01' });
    expect((await create(north, { login: 'wang', learnerId: wang.id })).status).toBe(201);
  });

  it('are refused when the login is taken, the place unclear, or there is nothing to do', async () => {
    const roles = [{ role: 'admin', unitId: country.units.north }];
    expect((await create(chief, { login: 'li', roles })).status).toBe(409);
    const both = [{ role: 'admin', unitId: country.units.north, siteId: country.sites.hall }];
    expect((await create(chief, { login: 'both', roles: both })).status).toBe(400);
    expect((await create(chief, { login: 'none' })).status).toBe(400);
    expect((await create(chief, { login: 'short', roles, password: '1234567' })).status).toBe(400);
  });

  it('are closed by the admin of all their places, with their sessions, and never by their own holder', async () => {
    const close = async (cookie: string, id: string) =>
      (await fetch(`${api.url}/api/v1/accounts/${id}`, { method: 'DELETE', headers: { cookie } })).status;
    const { accounts } = country;
    const north = (await signIn(api.url, 'north', 'long enough')).cookie;
    const operator = (await signIn(api.url, 'operator')).cookie;
    expect(await close(north, accounts.auditor.id)).toBe(403);
    expect(await close(chief, accounts.admin.id)).toBe(409);
    expect(await close(north, accounts.operator.id)).toBe(204);
    expect(await close(north, accounts.operator.id)).toBe(404);
    expect((await fetch(`${api.url}/api/v1/session`, { headers: { cookie: operator } })).status).toBe(401);
    await expect(signIn(api.url, 'operator')).rejects.toThrow('401');
    expect(await logins(chief)).not.toContain('operator');
    const { id } = country.learners.li;
    expect(await close(chief, accounts.learner.id)).toBe(204);
    expect((await create(chief, { login: 'li', learnerId: id })).status).toBe(409);
    expect((await create(chief, { login: 'li2', learnerId: id })).status).toBe(201);
  });
});
