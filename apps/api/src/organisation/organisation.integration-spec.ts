import { Device, RosterEntry, SignInFailure, UnitParent } from '#libs/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Answer, type Call, clientOf, eachOf } from '../../../../test/support/client.js';
import { type Country, PIN, seedCountry } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['chief', 'organiser', 'operator', 'auditor']);
});
afterAll(() => api.close());
beforeEach(() => api.database.getRepository(SignInFailure).clear());

const names = (page: Answer) => eachOf(page, 'name');
const allNames = async (path: string, as: string) => {
  const found: unknown[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=2${after && `&after=${after}`}`, as);
    found.push(...names(page));
    after = page.body.next;
  }
  return found;
};

describe('units', () => {
  it('show their subtree to those who stand above, and their own unit to an operator', async () => {
    expect(await allNames('/units', 'chief')).toEqual(['Centre', 'North', 'South', 'Village A', 'Village B']);
    expect(await allNames('/units', 'operator')).toEqual(['Village A']);
    expect(names(await call('GET', `/units?parentId=${country.units.centre}`, 'auditor'))).toEqual(['North', 'South']);
    expect((await call('GET', `/units/${country.units.south}`, 'operator')).status).toBe(404);
  });

  it('are added below another by its admin, with the dates, in the time zone of the parent', async () => {
    const unit = { name: '青山县', kind: 'county', parentId: country.units.north };
    const created = await call('POST', '/units', 'chief', unit);
    expect(created).toMatchObject({ status: 201, body: { ...unit, timeZone: 'Asia/Shanghai' } });
    const parents = await api.database.manager.findBy(UnitParent, { unitId: created.body.id });
    expect(parents).toMatchObject([{ parentId: country.units.north, toDate: null }]);
    expect(names(await call('GET', '/units?q=山', 'chief'))).toEqual(['青山县']);
    expect((await call('POST', '/units', 'organiser', unit)).status).toBe(403);
  });

  it('never stand above themselves', async () => {
    const circle = { unitId: country.units.centre, fromDate: '2026-01-01', parentId: country.units.villageA };
    await expect(api.database.manager.insert(UnitParent, circle)).rejects.toThrow('would stand above itself');
  });

  it('are seen from where they have moved to', async () => {
    const { north, south, villageB } = country.units;
    const moved = { unitId: villageB, toDate: '2026-06-30' };
    await api.database.manager.update(UnitParent, { unitId: villageB }, { toDate: moved.toDate });
    expect(names(await call('GET', `/sites?unitId=${south}`, 'chief'))).toEqual([]);
    await api.database.manager.insert(UnitParent, { unitId: villageB, fromDate: moved.toDate, parentId: north });
    expect(names(await call('GET', `/sites?unitId=${north}`, 'chief'))).toEqual(['Hall', 'School']);
    await api.database.manager.delete(UnitParent, { unitId: villageB, fromDate: moved.toDate });
    await api.database.manager.update(UnitParent, { unitId: villageB }, { toDate: null });
  });
});

describe('sites', () => {
  it('are listed by pinyin, page by page, once each', async () => {
    const wanted = ['北沟村文化站', '东坡村小学', '李家庄', '李家庄', '西河村礼堂'];
    for (const name of [...wanted].reverse()) {
      const site = { unitId: country.units.villageB, name, linkKbps: 256, linkHours: '22:00-06:00' };
      expect((await call('POST', '/sites', 'chief', site)).status).toBe(201);
    }
    expect((await allNames('/sites', 'chief')).filter((name) => wanted.includes(String(name)))).toEqual(wanted);
  });

  it('are found by one character, by several, and with wildcards meaning themselves', async () => {
    expect(names(await call('GET', '/sites?q=坡', 'chief'))).toEqual(['东坡村小学']);
    expect(names(await call('GET', '/sites?q=河村礼', 'chief'))).toEqual(['西河村礼堂']);
    expect(names(await call('GET', '/sites?q=hALL', 'chief'))).toEqual(['Hall']);
    expect(names(await call('GET', '/sites?q=%25', 'chief'))).toEqual([]);
  });

  it('of others are not there for an operator', async () => {
    expect(names(await call('GET', '/sites', 'operator'))).toEqual(['Hall']);
    expect(names(await call('GET', `/sites?unitId=${country.units.south}`, 'operator'))).toEqual([]);
    expect((await call('GET', `/sites/${country.sites.school}`, 'operator')).status).toBe(404);
    expect((await call('GET', `/sites/${country.sites.school}`, country.devices.school)).status).toBe(200);
  });

  it('refuse a page mark that is none, and a NUL', async () => {
    expect(await call('GET', '/sites?after=x', 'chief')).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect((await call('GET', '/sites?q=%00', 'chief')).status).toBe(400);
    expect((await call('GET', '/sites?limit=201', 'chief')).status).toBe(400);
    expect((await call('GET', '/sites/not-an-id', 'chief')).status).toBe(400);
  });
});

describe('a roster', () => {
  const path = () => `/sites/${country.sites.hall}/roster`;

  it('takes a new learner, never shows card or PIN, and takes the same learner again', async () => {
    const learner = { code: 'N-1', name: '周敏', card: 'card of Zhou', pin: '1357' };
    const added = await call('POST', path(), 'operator', learner);
    expect(added).toMatchObject({ status: 201, body: { code: 'N-1', name: '周敏', hasCard: true, hasPin: true } });
    expect(JSON.stringify(added.body)).not.toContain('1357');
    expect((await call('POST', path(), 'operator', { code: 'N-1', name: '周敏' })).body.id).toBe(added.body.id);
    expect(names(await call('GET', path(), country.devices.hall))).toEqual(['李明', '王芳', '赵强', '周敏']);
  });

  it("refuses a code or card that is somebody else's", async () => {
    const { li } = country.learners;
    expect(await call('POST', path(), 'operator', { code: li.code, name: '别人' })).toMatchObject({ status: 409 });
    const taken = await call('POST', path(), 'operator', { code: 'N-2', name: '吴刚', card: li.card });
    expect(taken).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('lets nobody become a learner of another site by giving them a card', async () => {
    const { chen } = country.learners;
    const stolen = { code: chen.code, name: chen.name, card: 'my own card' };
    expect((await call('POST', path(), 'operator', stolen)).status).toBe(403);
    expect((await call('POST', path(), 'organiser', stolen)).status).toBe(201);
  });

  it('takes a learner of another site who shows their card or PIN, and keeps both as they are', async () => {
    const { chen } = country.learners;
    const shown = (more: object) => call('POST', path(), 'operator', { code: chen.code, name: chen.name, ...more });
    await call('DELETE', `${path()}/${chen.id}`, 'organiser');
    expect((await shown({})).status).toBe(403);
    expect((await shown({ pin: '0000' })).status).toBe(403);
    expect((await shown({ pin: PIN, card: 'another card of mine' })).status).toBe(403);
    expect(await shown({ pin: PIN })).toMatchObject({ status: 201, body: { id: chen.id } });
    expect((await shown({ pin: '0000' })).status).toBe(403);
    expect((await call('DELETE', `${path()}/${chen.id}`, 'operator')).status).toBe(204);
    const { authorization } = country.devices.school;
    const signedIn = await call('POST', '/session', { authorization }, { learnerCode: chen.code, pin: PIN });
    expect(signedIn.status).toBe(200);
  });

  it('tells nobody the names of learners elsewhere, and does not let a PIN be guessed', async () => {
    const { chen } = country.learners;
    const claim = (name: string, pin?: string) => call('POST', path(), 'operator', { code: chen.code, name, pin });
    const [right, wrong] = [await claim(chen.name), await claim('别人')];
    expect(right).toMatchObject({ status: 403, body: { code: 'forbidden', detail: wrong.body.detail } });
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, pin) => claim(chen.name, String(1000 + pin))));
    expect(guesses.filter(({ status }) => status === 403)).toHaveLength(8);
    expect((await claim(chen.name, PIN)).body).toMatchObject({ code: 'too-many-attempts' });
    expect((await call('POST', path(), 'operator', { code: 'N-4', name: '新人' })).status).toBe(201);
  });

  it('that let a learner go last still answers for them', async () => {
    const school = `/sites/${country.sites.school}/roster`;
    const sun = { code: 'S-1', name: '孙丽', card: 'card of Sun' };
    const { id } = (await call('POST', school, 'organiser', sun)).body;
    expect((await call('DELETE', `${school}/${id}`, 'organiser')).status).toBe(204);
    expect((await call('POST', path(), 'operator', { ...sun, card: 'my own card too' })).status).toBe(403);
    expect((await call('POST', school, 'organiser', { ...sun, card: 'new card of Sun' })).status).toBe(201);
  });

  it('lets a learner go, with their sessions there', async () => {
    const { wang } = country.learners;
    const { authorization } = country.devices.hall;
    const opened = await call('POST', '/session', { authorization }, { card: wang.card });
    expect(opened.status).toBe(200);
    expect((await call('DELETE', `${path()}/${wang.id}`, 'operator')).status).toBe(204);
    expect((await call('DELETE', `${path()}/${wang.id}`, 'operator')).status).toBe(404);
    expect((await call('POST', '/session', { authorization }, { card: wang.card })).status).toBe(401);
    expect(await api.database.manager.findOneBy(RosterEntry, { learnerId: wang.id })).toMatchObject({
      toDate: expect.any(String),
    });
  });

  it('of another site stays closed', async () => {
    const school = `/sites/${country.sites.school}/roster`;
    expect((await call('GET', school, 'operator')).status).toBe(403);
    expect((await call('GET', school, country.devices.hall)).status).toBe(403);
    expect((await call('POST', school, 'operator', { code: 'N-3', name: '无' })).status).toBe(403);
  });
});

describe('a device', () => {
  const pair = async (): Promise<string> => {
    const path = `/sites/${country.sites.hall}/pairing-codes`;
    return String((await call('POST', path, 'operator', { deviceName: '大屏' })).body.code);
  };
  const enrol = (code: string) => call('POST', '/devices/enrolments', {}, { code });

  it('enrols once with a code, gets its hall, and is out when it is revoked', async () => {
    const code = await pair();
    const both = await Promise.all([enrol(code.toLowerCase().replace('-', ' ')), enrol(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
    const device = both.find(({ status }) => status === 201)?.body;
    const authorization = `Device ${device.credential}`;
    const hall = await call('GET', '/device', { authorization });
    expect(hall.body).toMatchObject({
      site: { name: 'Hall' },
      roster: expect.arrayContaining([expect.objectContaining({ name: '李明', hasPin: true })]),
    });
    const listed = await call('GET', `/sites/${country.sites.hall}/devices`, 'operator');
    expect(listed.body.items).toContainEqual(expect.objectContaining({ name: '大屏', lastSeenAt: expect.any(String) }));
    expect((await call('DELETE', `/devices/${device.deviceId}`, 'operator')).status).toBe(204);
    expect((await call('GET', '/device', { authorization })).status).toBe(401);
  });

  it('is not enrolled by a code that is too old', async () => {
    const code = await pair();
    await api.database.query(`UPDATE pairing_code SET expires_at = now() - interval '1 second'`);
    expect(await enrol(code)).toMatchObject({ status: 403, body: { code: 'pairing-code-invalid' } });
  });

  it('cannot be guessed for long', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 31 }, (_, guess) => enrol(`AAAA-${String(guess).padStart(4, '3')}`)),
    );
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('of another site is not there for an operator', async () => {
    expect((await call('DELETE', `/devices/${country.devices.school.id}`, 'operator')).status).toBe(404);
    expect(await api.database.manager.countBy(Device, { id: country.devices.school.id })).toBe(1);
    expect((await call('DELETE', `/devices/${uuidv7()}`, 'operator')).status).toBe(404);
  });
});
