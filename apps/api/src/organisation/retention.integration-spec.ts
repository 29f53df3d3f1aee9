import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { addColleague } from '../../../../test/support/colleague.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let call: Call;
beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  await addColleague(api.database, country, country.units.north, ['admin']);
  call = await clientOf(api.url, ['chief', 'colleague', 'auditor', 'librarian']);
});
afterAll(() => api.close());

const pathOf = (unit: keyof Country['units']) => `/units/${country.units[unit]}/retention`;

describe('how long detail is kept', () => {
  it('is for ever at first', async () => {
    expect((await call('GET', pathOf('villageA'), 'auditor')).body).toEqual({ own: null, months: null, setBy: null });
  });

  it('is inherited down the tree; a unit may keep it longer, and never shorter than one above asks', async () => {
    const set = await call('PUT', pathOf('centre'), 'chief', { own: { months: 24 } });
    expect(set).toMatchObject({ status: 200, body: { own: { months: 24 }, months: 24 } });
    const setBy = { id: country.units.centre, name: 'Centre' };
    expect((await call('GET', pathOf('villageA'), 'auditor')).body).toEqual({ own: null, months: 24, setBy });
    await call('PUT', pathOf('north'), 'colleague', { own: { months: null } });
    expect((await call('GET', pathOf('villageA'), 'auditor')).body).toMatchObject({
      months: null,
      setBy: { name: 'North' },
    });
    expect((await call('GET', pathOf('villageB'), 'auditor')).body).toMatchObject({ months: 24, setBy });
    const shorter = await call('PUT', pathOf('north'), 'colleague', { own: { months: 23 } });
    expect(shorter).toMatchObject({ status: 409, body: { code: 'retention-too-short' } });
    expect((await call('GET', pathOf('north'), 'colleague')).body).toMatchObject({ own: { months: null } });
    await call('PUT', pathOf('north'), 'colleague', { own: { months: 30 } });
    await call('PUT', pathOf('centre'), 'chief', { own: { months: 36 } });
    expect((await call('GET', pathOf('north'), 'auditor')).body).toMatchObject({
      own: { months: 30 },
      months: 36,
      setBy,
    });
    await call('PUT', pathOf('centre'), 'chief', { own: { months: 24 } });
    await call('PUT', pathOf('north'), 'colleague', { own: null });
    expect((await call('GET', pathOf('villageA'), 'auditor')).body).toMatchObject({ months: 24, setBy });
  });

  it('is said by admins of the unit or above, and each time stands in the audit log', async () => {
    for (const [unit, login] of [
      ['centre', 'colleague'],
      ['south', 'colleague'],
      ['north', 'auditor'],
      ['north', 'librarian'],
    ] as const) {
      expect((await call('PUT', pathOf(unit), login, { own: { months: 12 } })).status).toBe(403);
    }
    expect((await call('GET', pathOf('south'), 'colleague')).status).toBe(403);
    const entries = await api.database.query<{ content: string }[]>(`SELECT content FROM audit_entry ORDER BY seq`);
    const facts = entries.map(({ content }) => JSON.parse(content) as { deed: string; facts: unknown });
    expect(facts.filter(({ deed }) => deed === 'retention-set').map((entry) => entry.facts)).toEqual([
      { unitId: country.units.centre, own: { months: 24 } },
      { unitId: country.units.north, own: { months: null } },
      { unitId: country.units.north, own: { months: 30 } },
      { unitId: country.units.centre, own: { months: 36 } },
      { unitId: country.units.centre, own: { months: 24 } },
      { unitId: country.units.north, own: null },
    ]);
  });

  it.each([{ months: 5 }, { months: 601 }, { months: 12.5 }, { months: 'ever' }, {}, undefined])(
    'takes half a year to fifty: not %j',
    async (own) => {
      expect((await call('PUT', pathOf('centre'), 'chief', { own })).status).toBe(400);
    },
  );
});
