import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RoleGrant, RoleName } from '#libs/contracts';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';
import type { Caller } from './caller.js';
import { Names } from './names.js';

let api: TestApi;
let country: Country;
let names: Names;
beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  names = api.app.get(Names, { strict: false });
});
afterAll(() => api.close());

const person = (roles: readonly RoleGrant[], learnerId?: string): Caller => ({
  kind: 'person',
  id: '00000000-0000-7000-8000-000000000000',
  name: 'somebody',
  roles: [...roles],
  ...(learnerId ? { learnerId } : {}),
  deviceId: null,
  tokenHash: '',
});

const onUnits: readonly RoleName[] = ['admin', 'librarian', 'organiser', 'auditor'];
const places = () => Object.values(country.units);

describe('who may name the people of a hall', () => {
  it('are, whatever else they hold, its operators and who organises or administers its very unit', async () => {
    const { hall, school } = country.sites;
    const grant = fc.oneof(
      fc
        .tuple(fc.constantFrom(...onUnits), fc.constantFrom(...places()))
        .map(([role, unitId]): RoleGrant => ({ role, unitId, siteId: null })),
      fc
        .tuple(fc.constantFrom<RoleName>('operator', 'auditor'), fc.constantFrom(hall, school))
        .map(([role, siteId]): RoleGrant => ({ role, unitId: null, siteId })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(grant, { maxLength: 4 }), async (roles) => {
        const keeps = roles.some(
          ({ role, unitId, siteId }) =>
            (siteId === hall && role === 'operator') ||
            (unitId === country.units.villageA && ['admin', 'organiser'].includes(role)),
        );
        expect(await names.mayName(person(roles), hall)).toBe(keeps);
        expect(await names.mayRead(person(roles), country.learners.li.id, [hall])).toBe(keeps);
      }),
      { numRuns: 60 },
    );
  });

  it('are its device, and of one learner the learner', async () => {
    const device = (siteId: string): Caller => ({ kind: 'device', deviceId: siteId, siteId, isBound: true });
    const { hall, school } = country.sites;
    expect([await names.mayName(device(hall), hall), await names.mayName(device(school), hall)]).toEqual([true, false]);
    const { li, wang } = country.learners;
    expect(await names.mayRead(person([], li.id), li.id, [hall])).toBe(true);
    expect(await names.mayRead(person([], wang.id), li.id, [hall])).toBe(false);
    expect(await names.mayRead({ kind: 'nobody' }, li.id, [hall])).toBe(false);
  });

  it('of all in the sums of a unit, are those of a unit with none below', async () => {
    const { villageA, north } = country.units;
    const organiser = (unitId: string) => person([{ role: 'organiser', unitId, siteId: null }]);
    expect(await names.mayNameAllOf(organiser(villageA), villageA)).toBe(true);
    expect(await names.mayNameAllOf(organiser(north), north)).toBe(false);
    expect(await names.mayNameAllOf(organiser(north), villageA)).toBe(false);
    expect(await names.mayNameAllOf(person([{ role: 'auditor', unitId: villageA, siteId: null }]), villageA)).toBe(
      false,
    );
  });
});
