import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HeldBatchPage, HeldDecided } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { deviceMaker } from '../../../../test/support/devices.js';
import { send, startWatching } from '../../../../test/support/tracking.js';

let house: Awaited<ReturnType<typeof startWatching>>;
let call: Call;
let path: string;
let ids: string[];
beforeAll(async () => {
  house = await startWatching();
  call = await clientOf(house.api.url, ['operator', 'librarian']);
  await house.newEdition();
  const { enrol, maker } = deviceMaker(house, call);
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
