import { Account, Device, OutboxToken, SignIn, SignInFailure, Unit } from '#libs/database';
import { ADMIN_PASSWORD, testConfig } from '../../../../test/support/config.js';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Country, PASSWORD, PIN, seedCountry, signIn } from '../../../../test/support/people.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { createApi } from '../app.js';

let api: TestApi;
let country: Country;

beforeAll(async () => {
  api = await startApi({ TRUST_PROXY: 'true' });
  country = await seedCountry(api.database);
});
afterAll(() => api.close());
beforeEach(() => api.database.getRepository(SignInFailure).clear());

const session = (method: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/v1/session`, {
    method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const cookieOf = (response: Response) => (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
const whoIs = (cookie: string) => session('GET', undefined, { cookie });

describe('the first start', () => {
  it('makes a root unit and an account `admin` with every role on it', async () => {
    const response = await session('POST', { login: 'admin', password: ADMIN_PASSWORD });
    const { account } = (await response.json()) as { account: { roles: { role: string; unitId: string }[] } };
    expect(account.roles.map(({ role }) => role)).toEqual(['admin', 'librarian', 'organiser', 'auditor', 'operator']);
    const root = await api.database.manager.findOneByOrFail(Unit, { id: account.roles[0]?.unitId ?? '' });
    expect(root.kind).toBe('centre');
  });

  it('makes one admin when two APIs start on an empty house at once, and takes over a new password', async () => {
    const config = await testConfig();
    const started = await Promise.all([createApi(config), createApi(config)]);
    await Promise.all(started.map((app) => app.listen(0, '127.0.0.1')));
    const changed = await createApi({ ...config, adminPassword: 'another password' });
    await changed.listen(0, '127.0.0.1');
    const url = await changed.getUrl();
    expect((await signIn(url, 'admin', 'another password')).cookie).toMatch(/^lectern_session=/);
    await expect(signIn(url, 'admin', ADMIN_PASSWORD)).rejects.toThrow('401');
    await Promise.all([...started, changed].map((app) => app.close()));
    await rm(config.mediaRoot, { recursive: true });
  });
});

describe('a session', () => {
  it('is a cookie that scripts cannot read, and stored only as a hash', async () => {
    const response = await session('POST', { login: 'librarian', password: PASSWORD });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
    const token = cookieOf(response).split('=')[1] ?? '';
    expect(await api.database.manager.countBy(SignIn, { tokenHash: token })).toBe(0);
    expect(await (await whoIs(cookieOf(response))).json()).toMatchObject({ account: { name: 'librarian' } });
  });

  it('gives a learner, and nobody else, a token for the outbox', async () => {
    const learner = await signIn(api.url, 'li');
    expect(learner.outboxToken).toBeDefined();
    expect(await api.database.manager.countBy(OutboxToken, { tokenHash: learner.outboxToken })).toBe(0);
    expect((await signIn(api.url, 'auditor')).outboxToken).toBeUndefined();
  });

  it('ends when somebody signs out, and when they sign in again', async () => {
    const { cookie } = await signIn(api.url, 'auditor');
    const again = await session('POST', { login: 'auditor', password: PASSWORD }, { cookie });
    expect((await whoIs(cookie)).status).toBe(401);
    expect((await session('DELETE', undefined, { cookie: cookieOf(again) })).status).toBe(204);
    expect((await whoIs(cookieOf(again))).status).toBe(401);
  });

  it('ends with the account', async () => {
    const { cookie } = await signIn(api.url, 'organiser');
    await api.database.manager.update(Account, { login: 'organiser' }, { disabledAt: new Date() });
    expect((await whoIs(cookie)).status).toBe(401);
    await expect(signIn(api.url, 'organiser')).rejects.toThrow('401');
  });

  it('refuses a page of another origin', async () => {
    const response = await session(
      'POST',
      { login: 'li', password: PASSWORD },
      { origin: 'https://elsewhere.example' },
    );
    expect(await response.json()).toMatchObject({ status: 403, code: 'foreign-origin' });
  });
});

describe('a learner at an enrolled device', () => {
  it('signs in by card, or by code and PIN, as a learner without roles', async () => {
    const { authorization, id } = country.devices.hall;
    const { li } = country.learners;
    for (const by of [{ card: li.card }, { learnerCode: li.code, pin: PIN }]) {
      const response = await session('POST', by, { authorization });
      expect(await response.json()).toMatchObject({
        account: { id: li.id, name: li.name, roles: [], learnerId: li.id },
        outbox: { token: expect.any(String) },
      });
    }
    expect(await api.database.manager.countBy(SignIn, { deviceId: id, learnerId: li.id })).toBe(2);
    expect(await api.database.manager.countBy(OutboxToken, { deviceId: id, learnerId: li.id })).toBe(2);
  });

  it('is refused on no device, at a site where they are not on the roster, and with a wrong PIN', async () => {
    const { li, chen } = country.learners;
    const { authorization } = country.devices.hall;
    expect((await session('POST', { card: li.card })).status).toBe(403);
    expect((await session('POST', { card: chen.card }, { authorization })).status).toBe(401);
    expect((await session('POST', { learnerCode: li.code, pin: '0000' }, { authorization })).status).toBe(401);
  });

  it('loses the session when the device is revoked', async () => {
    const { authorization, id } = country.devices.school;
    const cookie = cookieOf(await session('POST', { card: country.learners.chen.card }, { authorization }));
    expect((await whoIs(cookie)).status).toBe(200);
    await api.database.manager.update(Device, id, { revokedAt: new Date() });
    expect((await whoIs(cookie)).status).toBe(401);
  });
});

describe('guessing', () => {
  it('is stopped after ten failures of one login, however many come at once, and says when to come back', async () => {
    const guesses = Array.from({ length: 15 }, (_, guess) =>
      session('POST', { login: 'li', password: `guess ${guess}` }),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    const locked = await session('POST', { login: 'li', password: PASSWORD }, { 'accept-language': 'zh-CN' });
    expect(locked.status).toBe(429);
    await api.database.query(`UPDATE sign_in_failure SET failed_at = failed_at - interval '10 minutes'`);
    const later = await session('POST', { login: 'li', password: PASSWORD });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(Number(later.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    expect(await locked.json()).toMatchObject({ code: 'too-many-attempts', title: '失败次数过多，请稍后再试。' });
    expect((await signIn(api.url, 'auditor')).cookie).not.toBe('');
  });

  it('locks nobody out elsewhere: the right password works from another address', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await session('POST', { login: 'li', password: `guess ${guess}` }, elsewhere)).status).toBe(401);
    }
    expect((await session('POST', { login: 'li', password: PASSWORD }, elsewhere)).status).toBe(429);
    expect((await session('POST', { login: 'li', password: PASSWORD })).status).toBe(200);
    const seldom = await api.database.query<unknown[]>(
      `SELECT count(*)::int AS failures FROM sign_in_failure GROUP BY subject_hash ORDER BY 1`,
    );
    expect(seldom).toEqual([{ failures: 1 }, { failures: 10 }, { failures: 10 }]);
  });

  it('does not count successes: a whole hall signs in behind one address', async () => {
    const hall = Array.from({ length: 40 }, () => signIn(api.url, 'li'));
    expect(await Promise.all(hall)).toHaveLength(40);
    expect(await api.database.manager.count(SignInFailure)).toBe(0);
  });

  it('counts an unknown login and keeps neither login nor address', async () => {
    expect((await session('POST', { login: 'nobody', password: 'x' })).status).toBe(401);
    const failures = await api.database.manager.find(SignInFailure);
    expect(failures).toHaveLength(3);
    expect(failures.every(({ subjectHash }) => /^[0-9a-f]{64}$/.test(subjectHash))).toBe(true);
  });
});
