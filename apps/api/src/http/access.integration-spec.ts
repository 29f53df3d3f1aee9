import { Account, AccountRole, type Role } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';
import { access } from './access.table.js';
import type { Who } from './caller.js';

/** It ends the session of whoever calls it. */
const LAST = 'DELETE /api/v1/session';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  for (const who of ['admin', 'organiser'] as const) {
    const accountId = country.accounts[who].id;
    await api.database.manager.insert(AccountRole, {
      id: uuidv7(),
      accountId,
      role: who,
      unitId: country.units.villageA,
    });
  }
  await hire('northern', 'librarian', { unitId: country.units.north });
  await hire('teacher', 'operator', { siteId: country.sites.school });
  call = await clientOf(api.url, ['northern', 'teacher', 'librarian', 'operator', 'li']);
});
afterAll(() => api.close());

/** An account with one role and the password of everybody. */
async function hire(login: string, role: Role, place: { unitId: string } | { siteId: string }) {
  const { passwordHash } = await api.database.manager.findOneByOrFail(Account, { login: 'librarian' });
  const id = uuidv7();
  await api.database.manager.insert(Account, { id, login, name: login, passwordHash });
  await api.database.manager.insert(AccountRole, { id: uuidv7(), accountId: id, role, ...place });
}

/** The headers of one caller of each kind, who holds their role on the centre, or stands at the hall; who keeps rosters does so there, too. */
async function everybody(): Promise<Record<Who | 'nobody', Record<string, string>>> {
  const cookie = async (login: string) => ({ cookie: (await signIn(api.url, login)).cookie });
  const { outboxToken = '' } = await signIn(api.url, 'li');
  return {
    nobody: {},
    admin: await cookie('chief'),
    librarian: await cookie('librarian'),
    organiser: await cookie('organiser'),
    auditor: await cookie('auditor'),
    operator: await cookie('operator'),
    learner: await cookie('li'),
    device: { authorization: country.devices.hall.authorization },
    outbox: { authorization: `Outbox ${outboxToken}` },
  };
}

/** A request without a body about things that are there, except that what is deleted is not: nothing changes. */
function knock(method: string, url: string, headers: Record<string, string>): Promise<Response> {
  const things: Record<string, string> = {
    sites: country.sites.hall,
    units: country.units.centre,
    courses: country.course.id,
    lectures: country.lecture.id,
    learners: country.learners.li.id,
  };
  const address = url
    .replace(/(\w+)\/:id/, (path, kind: string) =>
      method === 'DELETE' && path === url.slice(-path.length)
        ? `${kind}/${uuidv7()}`
        : `${kind}/${things[kind] ?? uuidv7()}`,
    )
    .replace(':language', 'en')
    .replace(/:\w+/g, uuidv7());
  return fetch(api.url + address, { method, headers: { ...headers, 'tus-resumable': '1.0.0' } });
}

describe('the access table', () => {
  const routes = Object.entries(access).sort(([a], [b]) => Number(a === LAST) - Number(b === LAST));

  it('names only routes that are served', () => {
    const fastify = api.app.getHttpAdapter().getInstance();
    const missing = routes
      .map(([route]) => route.split(' '))
      .filter(([method = '', url = '']) => !fastify.hasRoute({ method, url }));
    expect(missing).toEqual([]);
  });

  it('lets in exactly whom it names, on every route', async () => {
    const surprises: string[] = [];
    const callers = Object.entries(await everybody());
    for (const [route, rule] of routes) {
      const [method = '', url = ''] = route.split(' ');
      for (const [who, headers] of callers) {
        const { status } = await knock(method, url, headers);
        const expected = expectedOf(rule, who as Who | 'nobody');
        if (!expected(status)) surprises.push(`${route} by ${who}: ${status}`);
      }
    }
    expect(surprises).toEqual([]);
  });
});

/** A route with a token of its own may still find the token wrong (403). */
function expectedOf(rule: (typeof access)[string], who: Who | 'nobody'): (status: number) => boolean {
  if (rule === 'token') return (status) => status !== 401;
  if (rule === 'public' || (who !== 'nobody' && rule.includes(who)))
    return (status) => status !== 401 && status !== 403;
  return (status) => status === (who === 'nobody' ? 401 : 403);
}

describe('a role', () => {
  it('of a librarian ends at the border of the province', async () => {
    const { north, south, centre, villageA } = country.units;
    for (const unitId of [south, centre]) {
      expect((await call('POST', '/courses', 'northern', { unitId, title: 'x' })).status).toBe(403);
    }
    const here = await call('POST', '/courses', 'northern', { unitId: villageA, title: 'Ours' });
    expect(here.status).toBe(201);
    const theirs = await call('POST', '/courses', 'librarian', { unitId: south, title: 'Theirs' });
    for (const id of [theirs.body.id, country.course.id]) {
      expect((await call('PATCH', `/courses/${id}`, 'northern', { title: 'x' })).status).toBe(403);
      expect((await call('DELETE', `/courses/${id}`, 'northern')).status).toBe(403);
      expect((await call('POST', '/lectures', 'northern', { courseId: id, title: 'x' })).status).toBe(403);
    }
    expect((await call('GET', `/courses/${theirs.body.id}`, 'northern')).status).toBe(404);
    expect((await call('PATCH', `/lectures/${country.lecture.id}`, 'northern', { title: 'x' })).status).toBe(403);
    expect((await call('POST', '/categories', 'northern', { nameEn: 'x', nameZh: 'x' })).status).toBe(403);
    expect((await call('POST', '/courses', 'northern', { unitId: north, title: 'Also ours' })).status).toBe(201);
  });

  it('of an operator ends at the door of the site', async () => {
    const { hall, school } = country.sites;
    expect((await call('GET', `/sites/${school}/roster`, 'teacher')).status).toBe(200);
    expect((await call('GET', `/sites/${hall}/roster`, 'teacher')).status).toBe(403);
    expect((await call('GET', `/sites/${hall}/devices`, 'teacher')).status).toBe(403);
    expect((await call('POST', `/sites/${hall}/pairing-codes`, 'teacher', { deviceName: 'x' })).status).toBe(403);
    expect((await call('DELETE', `/sites/${hall}/roster/${country.learners.li.id}`, 'teacher')).status).toBe(403);
    expect((await call('DELETE', `/devices/${country.devices.hall.id}`, 'teacher')).status).toBe(404);
    expect((await call('GET', `/sites/${hall}/record`, 'teacher')).status).toBe(403);
  });

  it('of a learner shows no record but their own', async () => {
    expect((await call('GET', `/learners/${country.learners.li.id}/record`, 'li')).status).toBe(200);
    expect((await call('GET', `/learners/${country.learners.wang.id}/record`, 'li')).status).toBe(403);
  });
});
