import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually.js';
import { LrsDouble } from '../../../../test/support/lrs.js';
import { startTelling } from '../../../../test/support/telling.js';
import { LrsClient } from './lrs-client.js';
import { Sender } from './sender.js';
import { announce } from './sender.queries.js';
import { XapiService } from './xapi.service.js';

let house: Awaited<ReturnType<typeof startTelling>>;
let lrs: LrsDouble;
beforeAll(async () => {
  Logger.overrideLogger(false);
  house = await startTelling();
  await house.newEdition();
});
afterAll(() => house.api.close());
beforeEach(async () => {
  lrs = await new LrsDouble().listen();
  await house.empty();
  await announce(house.api.database.manager, lrs.config);
});
afterEach(() => lrs.close());

const never = new AbortController().signal;
const sender = () => new Sender(house.api.database, new LrsClient(lrs.config));

/** Sends until nothing is left, as if no wait were long. */
async function sendAll(by = sender()) {
  const { database } = house.api;
  for (let tries = 0; tries < 100; tries += 1) {
    while (await by.sendSome(never));
    const [{ waiting }] = await database.query<[{ waiting: number }]>(
      `SELECT count(*)::int AS waiting FROM xapi_statement WHERE refused_at IS NULL`,
    );
    if (waiting === 0) return;
    await database.query(`UPDATE xapi_sender SET not_before = now()`);
  }
  throw new Error('The outbox does not get empty.');
}

const senderRow = async () => {
  const [row] = await house.api.database.query<[{ state: string; status: number | null; rest_ms: string }]>(
    `SELECT state, status, extract(epoch FROM not_before - now()) * 1000 AS rest_ms FROM xapi_sender`,
  );
  return { ...row, rest_ms: Number(row.rest_ms) };
};

describe('XAPI-01, XAPI-03, XAPI-04: sending', () => {
  it('XAPI-01: states the version with every request, and holds no name', async () => {
    await house.watch();
    await sendAll();
    expect(lrs.asked.every(({ headers }) => headers['x-experience-api-version'] === '1.0.3')).toBe(true);
    expect(JSON.stringify(lrs.statements)).not.toContain('somebody');
  });

  it('XAPI-03: sets the one bad statement aside, takes a known one for sent, and sends all others in order', async () => {
    for (let one = 0; one < 5; one += 1) await house.watch();
    const all = await house.outbox();
    const [bad, known] = [all[6], all[13]];
    lrs.refuses = ({ id }) => id === bad?.id;
    lrs.strict = true;
    if (known) lrs.statements.push(known);
    await sendAll();
    const expected = all.filter((one) => one !== bad && one !== known);
    expect(lrs.statements.slice(1)).toEqual(expected);
    const rows = await house.api.database.query<object[]>(
      `SELECT id, status, detail FROM xapi_statement WHERE refused_at IS NOT NULL`,
    );
    expect(rows).toEqual([{ id: bad?.id, status: 400, detail: '{"error":"refused: 400"}' }]);
  });

  it.each([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '120' } }, 'waiting', 120_000],
    ['503', { status: 503 }, 'waiting', 400],
    ['a cut connection', { silence: 'cut' }, 'waiting', 400],
    ['401', { status: 401 }, 'stopped', 3_590_000],
    ['403', { status: 403 }, 'stopped', 3_590_000],
    ['a redirect, which is not followed', { status: 302, headers: { location: '/elsewhere' } }, 'stopped', 3_590_000],
  ] as const)(
    'XAPI-04: %s: nothing more is sent before its time, and nothing is lost',
    async (_, fault, state, atLeast) => {
      await house.watch();
      lrs.fault = () => fault;
      expect(await sender().sendSome(never)).toBe(false);
      const row = await senderRow();
      expect(row).toMatchObject({ state, status: 'status' in fault ? fault.status : 0 });
      expect(row.rest_ms).toBeGreaterThan(atLeast);
      expect(await sender().sendSome(never)).toBe(false);
      expect(lrs.asked).toHaveLength(1);
      lrs.fault = () => undefined;
      await sendAll();
      expect([lrs.statements.length, (await senderRow()).state]).toEqual([4, 'sending']);
    },
  );

  it.each([false, true])(
    'loses and doubles nothing through kills and cuts, in the order of each registration (409 for what is known: %s)',
    async (strict) => {
      lrs.strict = strict;
      for (let one = 0; one < 30; one += 1) await house.watch();
      const all = await house.outbox();
      expect(all).toHaveLength(120);
      // Every second request is one of which the sender never hears: it is killed, or the line is cut, before or after.
      lrs.fault = (request) =>
        request > 8 || request % 2 === 0
          ? undefined
          : { silence: request % 4 === 1 ? 'never' : 'cut', kept: request === 1 || request === 7 };
      for (let killed = 0; killed < 4; killed += 1) {
        const dead = new AbortController();
        const hung = lrs.hung;
        const life = sender().sendSome(dead.signal);
        const isHung = () => Promise.resolve(lrs.hung > hung || undefined);
        await Promise.race([life.catch(() => false), eventually('a request without an answer', isHung, 5_000)]);
        dead.abort();
        await life.catch(() => false);
        await house.api.database.query(`UPDATE xapi_sender SET not_before = now()`);
      }
      await sendAll();
      expect(lrs.statements).toEqual(all);
    },
  );
});

describe('the worker', () => {
  it('tells and sends by itself, one at a time, and ends at once when asked', async () => {
    const workers = [1, 2].map(() => new XapiService(house.api.database, lrs.config));
    for (const worker of workers) worker.onApplicationBootstrap();
    await house.watch();
    await Promise.all(workers.map((worker) => worker.round()));
    await eventually('all statements', () => Promise.resolve(lrs.statements.length === 4 || undefined));
    await Promise.all(workers.map((worker) => worker.onApplicationShutdown()));
    expect(lrs.asked).toHaveLength(1);
  });
});
