import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition, verifyAudit } from '#libs/database';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { type Call, clientOf } from '../../../test/support/client.js';
import { seedEdition } from '../../../test/support/editions.js';
import { type Country, seedCountry } from '../../../test/support/people.js';
import { seedEdition as seedWatched } from '../../../test/support/tracking.js';

let api: TestApi;
let country: Country;
let call: Call;
beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['chief', 'librarian', 'li']);
});
afterAll(() => api.close());

const entries = async (): Promise<Record<string, unknown>[]> => {
  const rows = await api.database.query<{ content: string }[]>('SELECT content FROM audit_entry ORDER BY seq');
  return rows.map(({ content }) => JSON.parse(content) as Record<string, unknown>);
};
/** What was added to the log meanwhile. */
const added = async (deed: () => Promise<unknown>) => {
  const before = await entries();
  await deed();
  return (await entries()).slice(before.length);
};

describe('the audit log of a house', () => {
  it('begins with the first account, which the house made itself', async () => {
    expect(await entries()).toMatchObject([{ seq: 1, by: 'house', deed: 'account-created' }]);
  });

  it('tells who gave and who took roles, by ids and without a name', async () => {
    const roles = [{ role: 'admin', unitId: country.units.north, siteId: null }];
    const account = { login: 'somebody', name: 'Wang Xiaoming', password: 'long enough', roles };
    const by = country.accounts.admin.id;
    let accountId = '';
    const created = await added(async () => {
      const grant = [{ role: 'admin', unitId: country.units.north }];
      accountId = (await call('POST', '/accounts', 'chief', { ...account, roles: grant })).body.id;
    });
    const facts = { accountId, learnerId: null, roles };
    expect(created).toEqual([{ seq: 2, at: expect.any(String), by, deed: 'account-created', facts }]);
    const closed = await added(() => call('DELETE', `/accounts/${accountId}`, 'chief'));
    expect(closed).toMatchObject([{ by, deed: 'account-closed', facts }]);
    expect(JSON.stringify(await entries())).not.toMatch(/Wang|somebody/);
  });

  it('tells who gave the pipeline an order', async () => {
    const { id: editionId } = await seedEdition(api.database, api.config.mediaRoot, country.lecture.id, { live: true });
    await api.database.manager.update(Edition, editionId, { state: 'ready', sourceKept: true, shownEncode: 1 });
    const path = `/lectures/${country.lecture.id}`;
    const by = country.accounts.librarian.id;
    const orders = await added(async () => {
      expect((await call('POST', `${path}/re-encode`, 'librarian')).status).toBe(202);
      expect((await call('PATCH', `${path}/pipeline`, 'librarian', { paused: true })).status).toBe(204);
      await api.database.manager.update(Edition, editionId, { state: 'failed' });
      expect((await call('POST', `${path}/retry`, 'librarian')).status).toBe(202);
    });
    expect(orders).toMatchObject([
      { by, deed: 'edition-re-encoded', facts: { editionId, generation: 2 } },
      { by, deed: 'edition-changed', facts: { editionId, priority: null, paused: true } },
      { by, deed: 'edition-retried', facts: { editionId, generation: 3 } },
    ]);
    const switched = await added(async () => {
      await call('PATCH', '/pipeline', 'chief', { paused: true });
      await call('PATCH', '/pipeline', 'chief', { paused: false });
    });
    expect(switched).toMatchObject([{ deed: 'pipeline-paused' }, { deed: 'pipeline-resumed' }]);
  });

  it('tells who took a device its right, who gave it another, and who changed what is carried over', async () => {
    const { id: device } = country.devices.school;
    const reissued = await added(async () => {
      const asked = { deviceName: 'box', deviceId: device };
      const { body } = await call('POST', `/sites/${country.sites.school}/pairing-codes`, 'chief', asked);
      expect((await call('POST', '/devices/enrolments', {}, { code: body.code })).status).toBe(201);
    });
    const by = country.accounts.admin.id;
    expect(reissued).toMatchObject([{ by, deed: 'device-reissued', facts: { device } }]);
    const revoked = await added(async () => {
      const tries = [
        await call('DELETE', `/devices/${device}`, 'chief'),
        await call('DELETE', `/devices/${device}`, 'chief'),
      ];
      expect(tries.map(({ status }) => status)).toEqual([204, 404]);
    });
    expect(revoked).toMatchObject([{ by, deed: 'device-revoked', facts: { device } }]);
    const of = { courseId: country.course.id, lengthMs: 60_000 };
    const old = await seedWatched(api.database, of);
    const { id: newer } = await seedWatched(api.database, { ...of, lectureId: old.lectureId, number: 2 });
    const mapped = await added(async () => {
      const segments = [{ fromMs: 0, toMs: 30_000, newFromMs: 5_000 }];
      const { status } = await call('PUT', `/editions/${newer}/segment-maps/${old.id}`, 'librarian', { segments });
      expect(status).toBe(204);
    });
    expect(mapped).toMatchObject([
      { by: country.accounts.librarian.id, deed: 'segment-map-set', facts: { from: old.id, to: newer, segments: 1 } },
    ]);
  });

  it('says nothing of what was refused, and its chain holds', async () => {
    const refused = await added(async () => {
      expect((await call('PATCH', '/pipeline', 'librarian', { paused: true })).status).toBe(403);
      expect((await call('DELETE', `/accounts/${country.accounts.admin.id}`, 'chief')).status).toBe(409);
      const change = { priority: 0 };
      await api.database.manager.update(Edition, { lectureId: country.lecture.id }, { state: 'ready' });
      expect((await call('PATCH', `/lectures/${country.lecture.id}/pipeline`, 'librarian', change)).status).toBe(409);
    });
    expect(refused).toEqual([]);
    expect(await verifyAudit(api.database.manager)).toMatchObject({ holds: true });
  });
});
