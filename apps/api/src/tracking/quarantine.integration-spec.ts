import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeviceView } from '#libs/contracts';
import { verifyAudit } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { importBundles, seedSigner } from '../../../../test/support/bundles.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { deviceMaker, type Enrol, type Maker } from '../../../../test/support/devices.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, post, send, startWatching } from '../../../../test/support/tracking.js';

const YESTERDAY = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
let call: Call;
let enrol: Enrol;
let maker: Maker;
beforeAll(async () => {
  house = await startWatching();
  call = await clientOf(house.api.url, ['operator', 'organiser', 'librarian']);
  ({ enrol, maker } = deviceMaker(house, call));
});
afterAll(() => house.api.close());

const viewOf = async (deviceId: string): Promise<DeviceView | undefined> => {
  const { body } = await call('GET', `/sites/${house.country.sites.hall}/devices`, 'operator');
  return (body as { items: DeviceView[] }).items.find(({ id }) => id === deviceId);
};
const coveredMs = async () => (await house.itemOf(house.li))?.coveredMs ?? 0;
const isHeld = async (batch: object, headers: Record<string, string>) =>
  (await send(house.api.url, batch, headers)).results[0]?.code === 'held';

beforeEach(() => house.newEdition());

describe('the batches of a device', () => {
  it('are missed by their numbers until they have arrived, by network or by file', async () => {
    const device = await enrol();
    const box = maker(device.id);
    const batches = Array.from({ length: 5 }, () => box.next());
    const [first, second, third, fourth, fifth] = batches;
    await send(house.api.url, first, device.headers);
    expect(await viewOf(device.id)).toMatchObject({ missingBatches: 0, heldBatches: 0 });
    await send(house.api.url, fifth, device.headers);
    expect(await viewOf(device.id)).toMatchObject({ missingBatches: 3 });
    await send(house.api.url, third, device.headers);
    await send(house.api.url, third, device.headers);
    const { pack } = await seedSigner(house.api.url, device.headers);
    const { cookie } = await signIn(house.api.url, 'auditor');
    await importBundles(house.api.url, await pack(fourth, second), { cookie });
    expect(await viewOf(device.id)).toMatchObject({ missingBatches: 0, heldBatches: 0 });
    expect(await coveredMs()).toBe(50_000);
  });

  it('are counted apart for the device and for each learner who signs in on it', async () => {
    const device = await enrol();
    const { card } = house.country.learners.li;
    const signedIn = await call('POST', '/session', device.headers, { card });
    const { token } = (signedIn.body as { outbox: { token: string } }).outbox;
    const box = maker(device.id);
    await send(house.api.url, box.next(), device.headers);
    const learner = maker(device.id, box.installation);
    learner.next();
    await send(house.api.url, learner.next(), { authorization: `Outbox ${token}` });
    expect(await viewOf(device.id)).toMatchObject({ missingBatches: 1, heldBatches: 0 });
  });

  it('need neither number nor installation', async () => {
    const device = await enrol();
    await send(house.api.url, batchOf([house.personal()], YESTERDAY), device.headers);
    expect(await viewOf(device.id)).toMatchObject({ missingBatches: 0, heldBatches: 0 });
    expect(await coveredMs()).toBe(15_000);
  });
});

describe('a copy of the credential of a device', () => {
  it.each(['when it was enrolled', 'with its first batch'])(
    'is held aside by its installation, which the device has told %s',
    async (when) => {
      const installation = uuidv7();
      const device = await enrol(when === 'when it was enrolled' ? { installation } : {});
      const honest = maker(device.id, installation);
      const copy = maker(device.id);
      await send(house.api.url, honest.next(), device.headers);
      for (const batch of [copy.next(), copy.next({ installation: undefined, number: undefined })])
        expect(await isHeld(batch, device.headers)).toBe(true);
      expect(await isHeld(honest.next(), device.headers)).toBe(false);
      expect(await viewOf(device.id)).toMatchObject({ heldBatches: 2, missingBatches: 0 });
      expect(await coveredMs()).toBe(20_000);
    },
  );

  it('that has copied the installation too is held aside where it uses a number again', async () => {
    const device = await enrol();
    const honest = maker(device.id);
    for (let count = 0; count < 3; count += 1) await send(house.api.url, honest.next(), device.headers);
    const copy = maker(device.id, honest.installation, 2);
    const twice = copy.next();
    expect(await isHeld(twice, device.headers)).toBe(true);
    expect(await isHeld(twice, device.headers)).toBe(true);
    expect(await viewOf(device.id)).toMatchObject({ heldBatches: 1 });
    expect(await coveredMs()).toBe(30_000);
  });

  it('cannot hide in a file', async () => {
    const device = await enrol({ installation: uuidv7() });
    const { pack } = await seedSigner(house.api.url, device.headers);
    const { cookie } = await signIn(house.api.url, 'auditor');
    const { bundles } = await importBundles(house.api.url, await pack(maker(device.id).next()), { cookie });
    expect(bundles).toMatchObject([{ fault: null, acknowledged: 1, held: 1, acceptedItems: 0 }]);
  });
});

describe('what is held aside', () => {
  async function held() {
    const device = await enrol({ installation: uuidv7() });
    const copy = maker(device.id);
    const batches = [copy.next(), copy.next()];
    for (const batch of batches) expect(await isHeld(batch, device.headers)).toBe(true);
    return { device, batches };
  }

  it('counts when it is released, as what came then, and again sent it is what it was', async () => {
    const { device, batches } = await held();
    expect(await coveredMs()).toBe(0);
    const decided = await call('POST', `/devices/${device.id}/held`, 'organiser', { decision: 'release' });
    expect(decided).toMatchObject({ status: 200, body: { batches: 2 } });
    expect(await coveredMs()).toBe(20_000);
    const { results } = await send(house.api.url, batches[0], device.headers);
    expect(results).toMatchObject([{ accepted: 1, refused: [] }]);
    expect(await viewOf(device.id)).toMatchObject({ heldBatches: 0 });
    expect(await coveredMs()).toBe(20_000);
  });

  it('never counts when it is discarded, and is still acknowledged', async () => {
    const { device, batches } = await held();
    await call('POST', `/devices/${device.id}/held`, 'operator', { decision: 'discard' });
    expect(await isHeld(batches[0] ?? {}, device.headers)).toBe(true);
    expect(await viewOf(device.id)).toMatchObject({ heldBatches: 0 });
    expect(await coveredMs()).toBe(0);
  });

  it('is one batch under its id', async () => {
    const { device, batches } = await held();
    expect((await post(house.api.url, { ...batches[0], sessions: [] }, device.headers)).status).toBe(409);
  });

  it('is decided by those who answer for the site, and the audit log knows', async () => {
    const { device } = await held();
    expect((await call('POST', `/devices/${device.id}/held`, 'librarian', { decision: 'release' })).status).toBe(403);
    const { school } = house.country.devices;
    expect((await call('POST', `/devices/${school.id}/held`, 'operator', { decision: 'release' })).status).toBe(404);
    await call('POST', `/devices/${device.id}/held`, 'operator', { decision: 'discard' });
    const [last] = await house.api.database.query<[{ content: string }]>(
      `SELECT content FROM audit_entry ORDER BY seq DESC LIMIT 1`,
    );
    const { operator } = house.country.accounts;
    expect(JSON.parse(last.content)).toMatchObject({
      by: operator.id,
      deed: 'held-batches-discarded',
      facts: { device: device.id, batches: 2 },
    });
    expect(await verifyAudit(house.api.database.manager)).toMatchObject({ holds: true });
  });
});

describe('a device with a new credential', () => {
  it('is the same device: it may send what it had not sent, and the old credential, keys and tokens end', async () => {
    const installation = uuidv7();
    const before = await enrol({ installation });
    const box = maker(before.id, installation);
    const session = box.next();
    await send(house.api.url, session, before.headers);
    const old = await seedSigner(house.api.url, before.headers);

    const after = await enrol({ installation, deviceId: before.id });
    expect(after.id).toBe(before.id);
    expect((await post(house.api.url, box.next(), before.headers)).status).toBe(401);
    const grown = { ...session, id: uuidv7(), number: 1 };
    expect((await send(house.api.url, grown, after.headers)).results).toMatchObject([{ accepted: 1, refused: [] }]);
    const { cookie } = await signIn(house.api.url, 'auditor');
    const late = await importBundles(house.api.url, await old.pack(box.next()), { cookie });
    expect(late.bundles).toMatchObject([{ fault: 'bundle-signer-revoked' }]);
  });

  it('gets none for a site where it is not, and comes back after it was revoked', async () => {
    const device = await enrol();
    const asked = { deviceName: 'box', deviceId: house.country.devices.school.id };
    const foreign = await call('POST', `/sites/${house.country.sites.hall}/pairing-codes`, 'operator', asked);
    expect(foreign.status).toBe(404);
    await call('DELETE', `/devices/${device.id}`, 'operator');
    const again = await enrol({ deviceId: device.id });
    expect((await call('GET', '/device', again.headers)).status).toBe(200);
    expect((await call('GET', '/device', device.headers)).status).toBe(401);
  });
});
