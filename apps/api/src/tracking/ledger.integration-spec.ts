import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catchUp } from '#libs/database';
import type { Span } from '#libs/domain';
import fc from 'fast-check';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createApi } from '../app.js';
import { batchOf, recordOf, seedLearner, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const LENGTH_MS = 600_000;
const BEGAN = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
let second: Awaited<ReturnType<typeof createApi>>;
let urls: string[];
let database: DataSource;
beforeAll(async () => {
  house = await startWatching();
  second = await createApi(house.api.config);
  await second.listen(0, '127.0.0.1');
  urls = [house.api.url, await second.getUrl()];
  database = house.api.database;
});
afterAll(async () => {
  await second.close();
  await house.api.close();
});

/** What plays: now and then somebody jumps, and it plays on; each look is flushed as it grows. */
const looks = fc.array(fc.record({ fromMs: fc.nat(LENGTH_MS - 60_000), seconds: fc.integer({ min: 1, max: 40 }) }), {
  minLength: 1,
  maxLength: 5,
});
type Look = { readonly fromMs: number; readonly seconds: number };

/** The learner in a hall, on the clock of its session; null: to its end. */
const stays = fc.array(fc.record({ fromMs: fc.nat(60_000), forMs: fc.option(fc.integer({ min: 1, max: 60_000 })) }), {
  maxLength: 3,
});
type Stay = { readonly fromMs: number; readonly forMs: number | null };

/** Sessions of one learner that overlap in wall time: on screens of their own, and in a hall with others. */
const visits = fc.tuple(
  fc.array(fc.record({ startMs: fc.nat(90_000), watched: looks }), { minLength: 1, maxLength: 2 }),
  fc.record({ startMs: fc.nat(90_000), watched: looks, stays }),
);

/** Every version that the outbox may have sent of these looks. */
function versionsOf(watched: readonly Look[]): Span[] {
  let clock = 0;
  return watched.flatMap(({ fromMs, seconds }, seq) => {
    const begun = clock;
    clock += seconds * 1000 + 500;
    const ends = [...new Set([Math.min(10, seconds), Math.min(25, seconds), seconds])];
    return ends.map((end) => spanOf(seq, fromMs, fromMs + end * 1000, begun));
  });
}

/** A stay as it was told when it began, and when it was over. */
const presencesOf = (learnerId: string, told: readonly Stay[]) =>
  told.flatMap(({ fromMs, forMs }, seq) => {
    const presence = { seq, learnerId, clockFromMs: fromMs, clockToMs: null, grade: 'B' };
    return forMs === null ? [presence] : [presence, { ...presence, clockToMs: fromMs + forMs }];
  });

/** The plain model: the set of all milliseconds of the lecture that were seen, and that of all in which something was. */
class Model {
  private readonly media = new Set<number>();
  private readonly wall = new Set<number>();

  add({ startMs, watched }: { startMs: number; watched: readonly Look[] }, isThere: (clockMs: number) => boolean) {
    let begun = 0;
    for (const { fromMs, seconds } of watched) {
      for (let ms = 0; ms < seconds * 1000; ms += 1)
        if (isThere(begun + ms)) {
          this.media.add(fromMs + ms);
          this.wall.add(startMs + begun + ms);
        }
      begun += seconds * 1000 + 500;
    }
  }

  get record() {
    const [coveredMs, minutesMs] = [this.media.size, this.wall.size];
    return { coveredMs, minutesMs, creditMs: Math.min(coveredMs, minutesMs) };
  }
}

const within = (told: readonly Stay[]) => (clockMs: number) =>
  told.some(({ fromMs, forMs }) => clockMs >= fromMs && (forMs === null || clockMs < fromMs + forMs));

/** Sends a batch and leaves before the answer: whether it was taken, nobody on this side can know. */
async function sendAndHangUp(url: string, batch: unknown, headers: Record<string, string>): Promise<void> {
  const body = JSON.stringify(batch);
  const head = Object.entries({ ...headers, host: 'lectern', 'content-type': 'application/json' });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const lines = [...head, ['content-length', Buffer.byteLength(body)]].map(([name, value]) => `${name}: ${value}`);
  socket.write(`POST /api/v1/tracking/batches HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => {
    socket.destroySoon();
  });
  await once(socket.resume(), 'close');
}

describe('whatever way batches take', () => {
  it('through two processes, batched at random, shuffled, three times over, answers lost: the record is that of the set', async () => {
    await fc.assert(
      fc.asyncProperty(visits, fc.infiniteStream(fc.nat()), async ([alone, hall], random) => {
        const editionId = await house.newEdition(LENGTH_MS);
        const learnerId = await seedLearner(database, house.country.sites.hall);
        const dice = random[Symbol.iterator]();
        const roll = (sides: number) => Number(dice.next().value) % sides;
        /** Each session has a boot of its own, and each of its batches brings some of what it has to tell. */
        const batched = (startMs: number, session: object, items: { spans: Span[]; presences: object[] }) => {
          const [id, bootId, batches] = [uuidv7(), uuidv7(), [] as unknown[]];
          while (items.spans.length + items.presences.length > 0) {
            const [spans, presences] = [items.spans.splice(0, 1 + roll(4)), items.presences.splice(0, 1 + roll(2))];
            const told = { id, editionId, clockAtStartMs: 0, ...session, spans, presences };
            batches.push(batchOf([told], BEGAN + startMs, { bootId }));
          }
          return batches;
        };
        const batches = [
          ...alone.flatMap(({ startMs, watched }) =>
            batched(startMs, { kind: 'personal', learnerId }, { spans: versionsOf(watched), presences: [] }),
          ),
          ...batched(
            hall.startMs,
            { kind: 'hall', siteId: house.country.sites.hall },
            { spans: versionsOf(hall.watched), presences: presencesOf(learnerId, hall.stays) },
          ),
        ];
        const deliveries = [...batches, ...batches, ...batches]
          .map((batch) => ({ batch, at: roll(1000), url: urls[roll(2)] ?? '' }))
          .sort((a, b) => a.at - b.at);
        const answers = await Promise.all(
          deliveries.map(async ({ batch, url }) => {
            if (roll(5) === 0) await sendAndHangUp(url, batch, house.device);
            return send(url, batch, house.device);
          }),
        );
        expect(answers.flatMap(({ results }) => results.flatMap(({ refused }) => refused))).toEqual([]);
        const model = new Model();
        for (const visit of alone) model.add(visit, () => true);
        model.add(hall, within(hall.stays));
        const [item] = (await recordOf(house.api.url, learnerId, house.device)).items;
        expect(item).toMatchObject({ ...model.record, refused: [] });
      }),
      { numRuns: 10 },
    );
  });

  it('a session whose batches disagree on how it began is dated the same in every order', async () => {
    const start = fc.record({
      bootId: fc.constantFrom(uuidv7(), uuidv7()),
      clockAtStartMs: fc.constantFrom(0, 1000),
      startedAt: fc.constantFrom(null, new Date(BEGAN).toISOString(), new Date(BEGAN - 3_600_000).toISOString()),
      sentClockMs: fc.constantFrom(null, 20_000, 30_000),
    });
    const editionId = await house.newEdition(LENGTH_MS);
    await fc.assert(
      fc.asyncProperty(fc.array(start, { minLength: 2, maxLength: 3 }), fc.boolean(), async (starts, atOnce) => {
        const dated = async (order: typeof starts) => {
          const id = uuidv7();
          const learnerId = await seedLearner(database, house.country.sites.hall);
          const session = { id, editionId, kind: 'personal', learnerId, spans: [spanOf(0, 0, 15_000)] };
          const batches = order.map(({ bootId, clockAtStartMs, startedAt, sentClockMs }) =>
            batchOf([{ ...session, clockAtStartMs, startedAt }], BEGAN, { bootId, sentClockMs, anchors: [] }),
          );
          const sent = batches.map((batch, turn) => () => send(urls[turn % 2] ?? '', batch, house.device));
          if (atOnce) await Promise.all(sent.map((go) => go()));
          else for (const go of sent) await go();
          const [row] = await database.query<[object]>(
            `SELECT boot_id, clock_at_start_ms, claimed_start, sent_clock_ms FROM tracking_session WHERE id = $1`,
            [id],
          );
          return row;
        };
        expect(await dated(starts)).toEqual(await dated(starts.toReversed()));
      }),
      { numRuns: 15 },
    );
  });

  it('many devices at once in the same hall do not wait for each other in a circle', async () => {
    const editionId = await house.newEdition(LENGTH_MS);
    const ids = Array.from({ length: 12 }, () => uuidv7());
    const session = { editionId, kind: 'hall', siteId: house.country.sites.hall, clockAtStartMs: 0 };
    const batches = Array.from({ length: 40 }, (_, turn) => {
      const order = turn % 2 === 0 ? ids : ids.toReversed();
      return batchOf(
        order.map((id) => ({ ...session, id, headCount: turn, spans: [spanOf(0, 0, 1000 * (turn + 1))] })),
        BEGAN,
      );
    });
    const answers = await Promise.all(batches.map((batch, turn) => send(urls[turn % 2] ?? '', batch, house.device)));
    expect(answers.flatMap(({ results }) => results).filter(({ accepted }) => accepted !== 1)).toEqual([]);
    const rows = await database.query<unknown[]>(
      `SELECT DISTINCT head_count, to_ms FROM tracking_session JOIN tracking_span ON session_id = id WHERE id = ANY($1)`,
      [ids],
    );
    expect(rows).toEqual([{ head_count: 39, to_ms: 40_000 }]);
  });

  it('is derived the same from the whole ledger as it was bit by bit', async () => {
    const derived = () =>
      database.query<unknown[]>(
        `SELECT learner_id, edition_id, covered_ms, minutes_ms, credit_ms, complete, watched FROM learner_credit ORDER BY 1, 2`,
      );

    while ((await catchUp(database, 'anybody')) > 0);
    const [before, daysBefore] = [await derived(), await database.query<unknown[]>('TABLE site_day ORDER BY 1, 2, 3')];
    await database.query('INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session');
    while ((await catchUp(database, 'anybody')) > 0);
    expect(await derived()).toEqual(before);
    expect(await database.query<unknown[]>('TABLE site_day ORDER BY 1, 2, 3')).toEqual(daysBefore);
  });
});
