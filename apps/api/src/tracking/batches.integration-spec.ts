import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#libs/contracts';
import { batchOf, post, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const HOUR_MS = 3_600_000;
const YESTERDAY = Date.now() - 24 * HOUR_MS;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

const batch = (session: object, more: object = {}) => batchOf([session], YESTERDAY, more);

describe('a batch', () => {
  beforeAll(() => house.newEdition());

  it('may come by the session, the outbox or the device of the site', async () => {
    for (const headers of [house.li, house.outbox, house.device]) {
      const answer = await send(house.api.url, batch(house.personal()), headers);
      expect(answer.results).toMatchObject([{ accepted: 1, refused: [] }]);
    }
  });

  it('needs somebody who sends it', async () => {
    const response = await post(house.api.url, batch(house.personal()), {});
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([401, 'not-signed-in']);
  });

  it('that comes again gets the same answer, whatever it says about its sending', async () => {
    const first = batch(house.personal({ spans: [spanOf(0, 0, 15_000), spanOf(1, 0, 600_000, 0)] }), {
      sentClockMs: 20_000,
    });
    const answer = await send(house.api.url, first, house.li);
    const again = await send(
      house.api.url,
      { ...first, sentClockMs: 999_000, sentAt: new Date(0).toISOString() },
      house.li,
    );
    expect(JSON.stringify(again.results)).toBe(JSON.stringify(answer.results));
    const silent = { ...first, sentAt: undefined, sentClockMs: undefined };
    expect((await send(house.api.url, silent, house.li)).results).toEqual(answer.results);
  });

  it('with other content under the same id is refused', async () => {
    const first = batch(house.personal());
    await send(house.api.url, first, house.li);
    const response = await post(house.api.url, { ...first, sessions: [] }, house.li);
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([409, 'batch-conflict']);
  });

  it('of 5,001 spans, or of a shape that nobody can read, is refused whole', async () => {
    const spans = Array.from({ length: 5001 }, (_, seq) => spanOf(seq, 0, 300, seq * 300));
    expect((await post(house.api.url, batch(house.personal({ spans })), house.li)).status).toBe(413);
    for (const body of [{}, [], null, { ...batch(house.personal()), id: 'x' }, { batches: 7 }]) {
      expect((await post(house.api.url, body, house.li)).status).toBe(400);
    }
  });

  it('is taken whatever stands in its texts, times and ids', async () => {
    const times = ['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+20:00', '9999-12-31T23:59:59-20:00'];
    const anchors = times.map((serverTime) => ({ clockMs: 0, serverTime }));
    for (const startedAt of times) {
      const session = house.hall({ startedAt, note: 'half of a pair: \ud800' });
      const odd = batch(session, { anchors, deviceId: 'box \udfff\0' });
      const again = batch({ ...session, id: session.id.toUpperCase() }, { bootId: odd.bootId.toUpperCase() });
      for (const one of [odd, again]) {
        const { results } = await send(house.api.url, one, house.device);
        expect(results).toMatchObject([{ session: session.id, accepted: 1, refused: [] }]);
      }
    }
  });

  it('among several answers for itself', async () => {
    const good = batch(house.personal());
    await send(house.api.url, good, house.li);
    const { results } = await send(
      house.api.url,
      { batches: [{ ...good, sessions: [] }, { id: 'unreadable' }, batch(house.personal())] },
      house.li,
    );
    expect(results.map(({ code, accepted }) => [code, accepted])).toEqual([
      ['batch-conflict', 0],
      ['invalid-request', 0],
      [undefined, 1],
    ]);
  });
});

describe('a forged item is refused by its code, and the good ones beside it count', () => {
  beforeAll(() => house.newEdition());
  const good = spanOf(0, 0, 15_000);

  it.each<[string, unknown]>([
    ['faster-than-clock', { ...spanOf(1, 15_000, 300_000, 20_000), clockToMs: 30_000 }],
    ['slower-than-clock', { ...spanOf(1, 15_000, 20_000, 20_000), clockToMs: 60_000 }],
    ['too-short', spanOf(1, 15_000, 15_100, 20_000)],
    ['beyond-the-end', spanOf(1, 700_000, 710_000, 20_000)],
    ['clock-overlap', spanOf(1, 300_000, 310_000, 5000)],
    ['span-changed', spanOf(0, 100_000, 110_000, 100)],
    ['malformed', spanOf(1, -5, 10_000, 20_000)],
    ['malformed', { ...spanOf(1, 15_000, 30_000, 20_000), rate: 16 }],
    ['malformed', { seq: 1, fromMs: 'far', toMs: 'farther' }],
    ['malformed', null],
    ['malformed', spanOf(1, 15_000, 30_000, 1e15)],
  ])('%s', async (code, span) => {
    const { results } = await send(house.api.url, batch(house.personal({ spans: [good, span] })), house.li);
    expect(results).toMatchObject([{ accepted: 1, refused: [{ item: 'span', code }] }]);
    const item = await house.itemOf(house.li);
    expect(item).toMatchObject({ coveredMs: 15_000, watched: [[0, 15_000]] });
  });

  it('and the learner sees what did not count, and why', async () => {
    const refused = (await house.itemOf(house.li))?.refused ?? [];
    expect(new Set(refused.map(({ code }) => code))).toEqual(
      new Set([
        'faster-than-clock',
        'slower-than-clock',
        'too-short',
        'beyond-the-end',
        'clock-overlap',
        'span-changed',
        'malformed',
      ]),
    );
  });
});
