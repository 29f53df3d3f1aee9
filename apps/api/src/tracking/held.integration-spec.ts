import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldBatchPage, HeldDecided, LearnerExplanation } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { deviceMaker, type Enrol, type Maker } from '../../../../test/support/devices.js';
import { eventually } from '../../../../test/support/eventually.js';
import { PASSWORD } from '../../../../test/support/people.js';
import { batchOf, send, startWatching } from '../../../../test/support/tracking.js';

let house: Awaited<ReturnType<typeof startWatching>>;
let call: Call;
let enrol: Enrol;
let maker: Maker;
let path: string;
let ids: string[];
beforeAll(async () => {
  house = await startWatching();
  call = await clientOf(house.api.url, ['operator', 'librarian', 'organiser', 'chief']);
  await house.newEdition();
  ({ enrol, maker } = deviceMaker(house, call));
  const device = await enrol({ installation: uuidv7() });
  const [copy, another] = [maker(device.id), maker(device.id)];
  const batches = [copy.next(), copy.next(), copy.next(), another.next()];
  for (const batch of batches) await send(house.api.url, batch, device.headers);
  ids = batches.map(({ id }) => id);
  path = `/devices/${device.id}/held`;
});
afterAll(() => house.api.close());

const list = async (query = '') => (await call('GET', `${path}${query}`, 'operator')).body as HeldBatchPage;
const decide = (more: object) => call('POST', path, 'operator', more);
const count = async (more: object) => ((await decide(more)).body as HeldDecided).batches;
const coveredMs = async () => (await house.itemOf(house.li))?.coveredMs ?? 0;

describe('batches that are held aside', () => {
  it('are shown one by one, page by page: by whom, and what they would bring', async () => {
    const first = await list('?limit=3');
    const second = await list(`?limit=3&after=${first.next ?? ''}`);
    const shown = [...first.items, ...second.items];
    expect([shown.map(({ id }) => id), second.next]).toEqual([ids, null]);
    expect(shown[0]).toMatchObject({
      why: 'another-installation',
      by: 'device',
      sessions: 1,
      playedMs: 10_000,
      number: 0,
    });
    const [one, other, , stranger] = shown.map(({ installation }) => installation);
    expect([one === other, one === stranger]).toEqual([true, false]);
  });

  it('are those of a device of one’s own site', async () => {
    expect((await call('GET', path, 'librarian')).status).toBe(403);
    expect((await call('GET', `/devices/${house.country.devices.school.id}/held`, 'operator')).status).toBe(404);
  });

  it('are decided for some, for all but some, and for all that is left', async () => {
    expect(await count({ decision: 'release', only: [ids[0]] })).toBe(1);
    expect(await coveredMs()).toBe(10_000);
    expect(await count({ decision: 'discard', except: [ids[1], ids[2]] })).toBe(1);
    expect((await list()).items.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(await count({ decision: 'release', only: [uuidv7()] })).toBe(0);
    expect(await count({ decision: 'release' })).toBe(2);
    expect(await coveredMs()).toBe(30_000);
  });

  it('are named in one way only', async () => {
    expect((await decide({ decision: 'release', only: [ids[0]], except: [ids[1]] })).status).toBe(400);
    expect((await decide({ decision: 'release', only: [] })).status).toBe(400);
  });
});

describe('what is released', () => {
  let editionId: string;
  beforeEach(async () => {
    editionId = await house.newEdition();
  });

  /** A device of which so many batches are held aside. */
  async function held(count: number): Promise<string> {
    const device = await enrol({ installation: uuidv7() });
    const copy = maker(device.id);
    for (let made = 0; made < count; made += 1) await send(house.api.url, copy.next(), device.headers);
    path = `/devices/${device.id}/held`;
    return device.id;
  }

  const deedsOf = async (deviceId: string): Promise<object[]> => {
    const rows = await house.api.database.query<{ content: string }[]>(
      `SELECT content FROM audit_entry WHERE content LIKE $1 ORDER BY seq`,
      [`%held-batches%${deviceId}%`],
    );
    return rows.map(({ content }) => JSON.parse(content) as object);
  };

  /** Ends the connections of ingest that wait for a lock. */
  const endWaiting = async (): Promise<true | undefined> => {
    const ended = await house.api.database.query<unknown[]>(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'lectern-ingest' AND datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return ended.length > 0 ? true : undefined;
  };

  it('while the database goes down is lost to nobody: it is still to be decided, and counts the second time', async () => {
    await held(2);
    const released = await house.api.database.transaction(async (db) => {
      await db.query(`LOCK TABLE tracking_batch IN ACCESS EXCLUSIVE MODE`);
      const underWay = decide({ decision: 'release' });
      await eventually('ingest', endWaiting);
      return underWay;
    });
    expect([released.status, released.body.code]).toEqual([503, 'too-busy']);
    expect((await list()).items).toHaveLength(2);
    expect(await coveredMs()).toBe(0);
    expect(await count({ decision: 'release' })).toBe(2);
    expect(await coveredMs()).toBe(20_000);
  });

  it('is one deed, however many they are, and none when there is nothing to decide', async () => {
    const deviceId = await held(21);
    expect(await count({ decision: 'release' })).toBe(21);
    expect(await count({ decision: 'release' })).toBe(0);
    expect(await deedsOf(deviceId)).toMatchObject([
      { by: house.country.accounts.operator.id, facts: { device: deviceId, batches: 21 } },
    ]);
  });

  it('of a learner who is erased is decided, and counts for nobody', async () => {
    const device = await enrol();
    const { wang } = house.country.learners;
    const { body } = await call('POST', '/session', device.headers, { card: wang.card });
    const outbox = { authorization: `Outbox ${String(body.outbox.token)}` };
    const marks = { deviceId: device.id, installation: uuidv7(), number: 0 };
    await send(house.api.url, batchOf([], Date.now(), marks), outbox);
    const session = house.personal({ learnerId: wang.id });
    await send(house.api.url, batchOf([session], Date.now() - 3_600_000, marks), outbox);
    path = `/devices/${device.id}/held`;
    expect((await list()).items).toMatchObject([{ by: 'learner' }]);
    expect((await call('DELETE', `/learners/${wang.id}`, 'chief')).status).toBe(204);
    expect(await count({ decision: 'release' })).toBe(1);
    expect((await list()).items).toEqual([]);
    const known = `SELECT FROM tracking_session WHERE id = $1`;
    expect(await house.api.database.query<unknown>(known, [session.id])).toEqual([]);
  });

  it('of an operator who signed in on the device is what they reported, and waits while they are none', async () => {
    const device = await enrol();
    const { operator } = house.country.accounts;
    const { zhao } = house.country.learners;
    const signedIn = await fetch(`${house.api.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...device.headers },
      body: JSON.stringify({ login: operator.login, password: PASSWORD }),
    });
    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const marks = { deviceId: device.id, installation: uuidv7(), number: 0 };
    const presences = [{ seq: 0, learnerId: zhao.id, clockFromMs: 0, clockToMs: null, grade: 'C' }];
    const twice = () => batchOf([house.hall({ presences })], Date.now() - 3_600_000, marks);
    await send(house.api.url, batchOf([], Date.now(), marks), { cookie });
    await send(house.api.url, twice(), { cookie });
    path = `/devices/${device.id}/held`;
    expect((await list()).items).toMatchObject([{ by: 'staff', why: 'number-used-twice' }]);

    const be = (role: string) =>
      house.api.database.query(`UPDATE account_role SET role = $1 WHERE account_id = $2`, [role, operator.id]);
    const release = async () => (await call('POST', path, 'organiser', { decision: 'release' })).body as HeldDecided;
    await be('auditor');
    expect(await release()).toEqual({ batches: 0 });
    await be('operator');
    expect(await release()).toEqual({ batches: 1 });
    const { body } = await call('GET', `/learners/${zhao.id}/record/${editionId}`, 'operator');
    expect((body as LearnerExplanation).items).toMatchObject([{ grade: 'C', coveredMs: 60_000, isByStaff: false }]);
  });
});
