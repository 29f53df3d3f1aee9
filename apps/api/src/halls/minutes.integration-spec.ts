import type { SiteRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type As, type Call, clientOf } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const MINUTE_MS = 60_000;
/** A picture of nothing, with the place where it was taken. */
const jpeg = (hasPlace: boolean) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(hasPlace ? [Buffer.from([0xff, 0xe1, 0, 8]), Buffer.from('52 N 5')] : []),
    Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]),
  ]);

describe('the minutes of a hall', () => {
  let house: Awaited<ReturnType<typeof startWatching>>;
  let call: Call;
  let sessionId: string;
  const minutesOf = (id: string, as: As, minutes: object) => call('PUT', `/hall-sessions/${id}/minutes`, as, minutes);

  beforeAll(async () => {
    house = await startWatching();
    call = await clientOf(house.api.url, ['operator', 'organiser', 'auditor']);
    await house.newEdition();
    const { li, wang, zhao } = house.country.learners;
    const here = (seq: number, { id }: { id: string }, clockFromMs: number, clockToMs: number | null) => {
      return { seq, learnerId: id, clockFromMs, clockToMs, grade: 'B' };
    };
    const session = house.hall({
      spans: [spanOf(0, 0, MINUTE_MS, 10_000)],
      presences: [here(0, li, 0, null), here(1, wang, 40_000, null), here(2, zhao, 0, 30_000)],
    });
    sessionId = session.id;
    await send(house.api.url, batchOf([session], Date.now() - 60 * MINUTE_MS), house.device);
  });
  afterAll(() => house.api.close());

  const shown = async () => {
    const { body } = await call('GET', `/sites/${house.country.sites.hall}/record`, 'operator');
    return (body as SiteRecord).sessions?.find(({ id }) => id === sessionId);
  };

  it('say who spoke, without anybody of another roster, and keep the paper without its place', async () => {
    const { li, chen } = house.country.learners;
    const { hall } = house.country.devices;
    const written = { speakers: [li.id, li.id, chen.id, uuidv7()], photo: jpeg(true).toString('base64') };
    expect((await minutesOf(sessionId, hall, written)).status).toBe(204);
    expect((await minutesOf(sessionId, hall, written)).status).toBe(204);
    expect(await shown()).toMatchObject({ speakers: ['李明'], hasPhoto: true });
    const photo = await fetch(`${house.api.url}/api/v1/hall-sessions/${sessionId}/photo`, { headers: house.device });
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await photo.arrayBuffer())).toEqual(jpeg(false));
  });

  it('are shown to those who may see names there, and to nobody else', async () => {
    const path = `/api/v1/hall-sessions/${sessionId}/photo`;
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${house.api.url}${path}`, { headers })).status;
    expect(await status({ authorization: house.country.devices.school.authorization })).toBe(404);
    expect(await status({})).toBe(401);
    expect((await call('GET', path.replace('/api/v1', ''), 'auditor')).status).toBe(403);
    expect((await call('GET', path.replace('/api/v1', ''), 'organiser')).status).toBe(404);
    const { cookie } = await signIn(house.api.url, 'secretary');
    expect(await status({ cookie })).toBe(200);
  });

  it('are taken from the device of the session only, and once the house knows the session', async () => {
    const { hall, school } = house.country.devices;
    const nothing = { speakers: [], photo: null };
    expect((await minutesOf(sessionId, school, nothing)).status).toBe(404);
    expect((await minutesOf(uuidv7(), hall, nothing)).status).toBe(404);
    expect((await minutesOf(sessionId, 'operator', nothing)).status).toBe(403);
  });

  it('hold no file that is no picture, and none that is too large', async () => {
    const { hall } = house.country.devices;
    const page = Buffer.from('<script>alert(1)</script>').toString('base64');
    expect((await minutesOf(sessionId, hall, { speakers: [], photo: page })).status).toBe(400);
    const large = Buffer.alloc(500_001).toString('base64');
    expect((await minutesOf(sessionId, hall, { speakers: [], photo: large })).status).toBe(400);
    expect(await shown()).toMatchObject({ speakers: ['李明'], hasPhoto: true });
  });

  it('come with thirty photos a day of a device, and are corrected twenty times', async () => {
    const { hall, school } = house.country.devices;
    const photo = (at: number) =>
      Buffer.concat([jpeg(false).subarray(0, 6), Buffer.from([at]), jpeg(false).subarray(6)]).toString('base64');
    const ids = Array.from({ length: 30 }, () => uuidv7());
    await send(
      house.api.url,
      batchOf(
        ids.map((id) => house.hall({ id })),
        Date.now() - 60 * MINUTE_MS,
      ),
      house.device,
    );
    const [first = '', last = ''] = [ids[0], ids.at(-1)];
    const statusOf = async (id: string, at: number | null) =>
      (await minutesOf(id, hall, { speakers: [], photo: at === null ? null : photo(at) })).status;
    const statuses: number[] = [];
    for (const id of ids) statuses.push(await statusOf(id, 0));
    expect(statuses).toEqual([...Array<number>(29).fill(204), 429]);
    expect(await statusOf(last, null)).toBe(204);
    const corrected: number[] = [];
    for (let at = 1; at <= 20; at += 1) corrected.push(await statusOf(first, at));
    expect(corrected).toEqual([...Array<number>(19).fill(204), 429]);
    expect(await statusOf(first, 19)).toBe(204);
    const theirs = house.hall({ id: uuidv7(), siteId: house.country.sites.school });
    await send(house.api.url, batchOf([theirs], Date.now() - 60 * MINUTE_MS), { authorization: school.authorization });
    expect((await minutesOf(theirs.id, school, { speakers: [], photo: photo(0) })).status).toBe(204);
  });

  it('stand beside who came late and who went early, as their presences have it', async () => {
    const people = new Map((await shown())?.people.map(({ name, lateMs, earlyMs }) => [name, { lateMs, earlyMs }]));
    expect(people.get('李明')).toEqual({ lateMs: 0, earlyMs: 0 });
    expect(people.get('王芳')).toEqual({ lateMs: 30_000, earlyMs: 0 });
    expect(people.get('赵强')).toEqual({ lateMs: 0, earlyMs: 40_000 });
  });

  it('forget who spoke when a learner is erased', async () => {
    const { li } = house.country.learners;
    expect((await call('DELETE', `/learners/${li.id}`, 'organiser')).status).toBeLessThan(300);
    const [row] = await house.api.database.query<[{ speakers: string[] }]>(
      `SELECT speakers FROM hall_minutes WHERE session_id = $1`,
      [sessionId],
    );
    expect(row.speakers).toEqual([]);
  });
});
