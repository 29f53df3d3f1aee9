import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ItemRefusal } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { batchOf, recordOf, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const HOUR_MS = 3_600_000;
const YESTERDAY = Date.now() - 24 * HOUR_MS;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

const batch = (session: object, more: object = {}) => batchOf([session], YESTERDAY, more);
const codesOf = (refused: readonly ItemRefusal[] | undefined) => refused?.map(({ seq, code }) => [seq, code]);

describe('a session', () => {
  beforeAll(() => house.newEdition());

  it('of somebody else is not yours, by whatever credential', async () => {
    const wang = house.country.learners.wang.id;
    const school = { authorization: house.country.devices.school.authorization };
    for (const [session, headers] of [
      [house.personal({ learnerId: wang }), house.li],
      [house.personal({ learnerId: wang }), house.outbox],
      [house.personal(), school],
      [house.hall(), school],
      [house.hall(), house.li],
      [house.hall({ siteId: house.country.sites.school }), house.device],
    ] as const) {
      const { results } = await send(house.api.url, batch(session), headers);
      expect([results[0]?.accepted, codesOf(results[0]?.refused)]).toEqual([0, [[0, 'not-yours']]]);
    }
  });

  it('belongs to the credential that first used its id', async () => {
    const session = house.personal();
    await send(house.api.url, batch(session), house.li);
    const { results } = await send(
      house.api.url,
      batch({ ...session, spans: [spanOf(1, 0, 5000, 20_000)] }),
      house.device,
    );
    expect(codesOf(results[0]?.refused)).toEqual([[1, 'not-yours']]);
    const own = await send(house.api.url, batch({ ...session, spans: [spanOf(1, 0, 5000, 20_000)] }), house.outbox);
    expect(own.results).toMatchObject([{ accepted: 1 }]);
  });

  it('stays what it was first reported as', async () => {
    const session = house.personal();
    await send(house.api.url, batch(session), house.li);
    const { results } = await send(house.api.url, batch({ ...session, editionId: await house.newEdition() }), house.li);
    expect(codesOf(results[0]?.refused)).toEqual([[0, 'session-changed']]);
  });

  it('of an edition that does not exist counts for nothing', async () => {
    const { results } = await send(house.api.url, batch(house.personal({ editionId: uuidv7() })), house.li);
    expect(codesOf(results[0]?.refused)).toEqual([[0, 'unknown-edition']]);
  });

  it('without a readable head is refused, and the session beside it counts', async () => {
    const { results } = await send(house.api.url, batchOf([{ id: 'x' }, house.personal()], YESTERDAY), house.li);
    expect(results).toMatchObject([
      { session: null, refused: [{ item: 'session', code: 'malformed' }] },
      { accepted: 1 },
    ]);
  });

  it('keeps notes and counts with any character in them, the latest as it was told', async () => {
    const session = house.hall({ headCount: 3, note: 'wells\0 and 水 ' });
    const [early, late] = [batch(session), batch({ ...session, headCount: 2, note: 'the end' })];
    await send(house.api.url, late, house.device);
    await send(house.api.url, early, house.device);
    const rows = await house.api.database.query<unknown[]>(
      `SELECT head_count, note FROM tracking_session WHERE id = $1`,
      [session.id],
    );
    expect(rows).toEqual([{ head_count: 2, note: 'the end' }]);
  });
});

describe('a presence', () => {
  beforeAll(() => house.newEdition(60_000));

  it('of somebody who is not on the roster of the site is not yours; those beside it count', async () => {
    const { wang, chen } = house.country.learners;
    const presences = [wang, chen].map(({ id }, seq) => ({
      seq,
      learnerId: id,
      clockFromMs: 0,
      clockToMs: null,
      grade: 'C',
    }));
    const { results } = await send(house.api.url, batch(house.hall({ presences })), house.device);
    expect(results[0]?.refused).toMatchObject([{ item: 'presence', seq: 1, code: 'not-yours' }]);
    expect(await house.itemOf(house.device, wang.id)).toMatchObject({
      coveredMs: 60_000,
      complete: true,
      byGrade: { C: 60_000 },
    });
  });
});

describe('the date of a session', () => {
  const startedOf = async (sessionId: string) => {
    await recordOf(house.api.url, house.country.learners.li.id, house.li);
    const [row] = await house.api.database.query<[{ started_at: Date; dated_by: string }]>(
      `SELECT started_at, dated_by FROM session_record WHERE session_id = $1`,
      [sessionId],
    );
    return { startedMs: row.started_at.getTime(), by: row.dated_by };
  };
  beforeAll(() => house.newEdition());

  it('moves when a nearer anchor of its boot arrives later', async () => {
    const [session, bootId] = [
      house.personal({ clockAtStartMs: 100_000, spans: [spanOf(0, 0, 15_000, 100_000)] }),
      uuidv7(),
    ];
    await send(house.api.url, batch(session, { bootId }), house.li);
    expect(await startedOf(session.id)).toEqual({ startedMs: YESTERDAY + 100_000, by: 'anchor' });
    const near = [{ clockMs: 99_000, serverTime: new Date(YESTERDAY + HOUR_MS).toISOString() }];
    await send(house.api.url, batchOf([], YESTERDAY, { bootId, anchors: near }), house.li);
    expect(await startedOf(session.id)).toEqual({ startedMs: YESTERDAY + HOUR_MS + 1000, by: 'anchor' });
  });

  it.each([
    ['1970-01-01T00:00:00Z', 'receipt'],
    ['2099-01-01T00:00:00Z', 'receipt'],
    [new Date(YESTERDAY).toISOString(), 'claim'],
  ])('without an anchor is taken from a claim of %s only when it can be: by %s', async (startedAt, by) => {
    const session = house.personal({ startedAt });
    await send(
      house.api.url,
      batch(session, { anchors: [{ clockMs: 0, serverTime: '2099-01-01T00:00:00Z' }] }),
      house.li,
    );
    const dated = await startedOf(session.id);
    expect(dated.by).toBe(by);
    expect(Math.abs(Date.now() - dated.startedMs)).toBeLessThan(25 * HOUR_MS);
  });
});
