import { closeLedger, labelOf } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { importBundles, seedSigner } from '../../../../test/support/bundles.js';
import { eventually } from '../../../../test/support/eventually.js';
import { signIn } from '../../../../test/support/people.js';
import { deriveAll, tablesWith } from '../../../../test/support/privacy.js';
import { batchOf, seedLearner, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const BEGAN = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
let database: DataSource;
let chief: { cookie: string };
beforeAll(async () => {
  house = await startWatching();
  database = house.api.database;
  chief = { cookie: (await signIn(house.api.url, 'chief')).cookie };
});
afterAll(() => house.api.close());

const erase = async (learnerId: string) => {
  const path = `${house.api.url}/api/v1/learners/${learnerId}`;
  const { status } = await fetch(path, { method: 'DELETE', headers: { cookie: chief.cookie } });
  if (status !== 204) throw new Error(`Not erased: ${status}`);
};

const writersWaiting = async (): Promise<number> => {
  const [{ count }] = await database.query<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM pg_locks WHERE relation = 'tracking_batch'::regclass AND NOT granted
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return count;
};

interface Case {
  readonly visits: readonly Visit[];
  readonly firstStands: boolean;
}
interface Visit {
  readonly kind: string;
  readonly fromMs: number;
  readonly seconds: number;
}

describe('the erasure of a learner', () => {
  it.each(['erasure', 'batch'])(
    'while a batch is being written, the %s first: it counts, under no name',
    async (first) => {
      const editionId = await house.newEdition();
      const learnerId = await seedLearner(database, house.country.sites.hall);
      const batch = batchOf([house.personal({ learnerId })], BEGAN);
      const steps = [() => erase(learnerId), () => send(house.api.url, batch, house.device)];
      const underWay = await database.transaction(async (db) => {
        await closeLedger(db);
        const begun: Promise<unknown>[] = [];
        for (const step of first === 'erasure' ? steps : steps.toReversed()) {
          begun.push(step());
          await eventually('the wait', async () => ((await writersWaiting()) === begun.length ? true : undefined));
        }
        return { begun };
      });
      await Promise.all(underWay.begun);
      await deriveAll(database);
      expect(await tablesWith(database, learnerId)).toEqual([]);
      const days = await database.query<object[]>(
        `SELECT sessions, audience_b AS heads FROM site_day WHERE edition_id = $1`,
        [editionId],
      );
      expect(days).toEqual([{ sessions: 1, heads: 1 }]);
    },
  );

  it('whenever it happens among batches that come in any order, once or twice: the totals are the same', async () => {
    const visit = fc.record({
      kind: fc.constantFrom('personal', 'hall', 'together'),
      fromMs: fc.nat(500_000),
      seconds: fc.integer({ min: 1, max: 60 }),
    });
    const site = house.country.sites.hall;
    /** Two learners, of whom the first stands where both are named under one number, or the second. */
    const pair = async (firstStands: boolean): Promise<[string, string]> => {
      const [one, two] = [await seedLearner(database, site), await seedLearner(database, site)];
      return labelOf(one) < labelOf(two) === firstStands ? [one, two] : [two, one];
    };
    const play = async ({ visits, firstStands }: Case, order: readonly number[], erasedAfter: number) => {
      const editionId = await house.newEdition();
      const [learnerId, other] = await pair(firstStands);
      const batches = visits.map(({ kind, fromMs, seconds }) => {
        const spans = [spanOf(0, fromMs, fromMs + seconds * 1000, 0)];
        const named = [learnerId, ...(kind === 'together' ? [other] : [])];
        // Both under one seq: which of the two stands must not depend on who is erased.
        const presences = named.map((id) => ({ seq: 0, learnerId: id, clockFromMs: 0, clockToMs: null, grade: 'B' }));
        const session = kind === 'personal' ? house.personal({ learnerId, spans }) : house.hall({ spans, presences });
        return batchOf([session], BEGAN);
      });
      for (const [turn, which] of order.entries()) {
        if (turn === erasedAfter) await erase(learnerId);
        const batch = batches[which % batches.length];
        expect((await send(house.api.url, batch, house.device)).results[0]?.refused.length).toBeLessThan(2);
      }
      await deriveAll(database);
      const days = await database.query<object[]>(
        `SELECT day, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms FROM site_day WHERE edition_id = $1`,
        [editionId],
      );
      return { days, traces: erasedAfter < order.length ? await tablesWith(database, learnerId) : [] };
    };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ visits: fc.array(visit, { minLength: 1, maxLength: 4 }), firstStands: fc.boolean() }),
        fc.array(fc.nat(3), { minLength: 4, maxLength: 8 }),
        fc.nat(4),
        async (of, some, erasedAfter) => {
          const order = [...some, ...of.visits.keys()];
          const erased = await play(of, order.toReversed(), erasedAfter);
          const kept = await play(of, order, Infinity);
          expect(erased).toEqual({ days: kept.days, traces: [] });
        },
      ),
      { numRuns: 8 },
    );
  });

  it('is not undone by files that come late: what they bring again counts no more, and names nobody', async () => {
    const editionId = await house.newEdition();
    const { li } = house.country.learners;
    const auditor = (await signIn(house.api.url, 'auditor')).cookie;
    const senders = [house.device, house.outbox];
    const packed = await Promise.all(
      senders.map(async (headers, at) => {
        const batch = batchOf([house.personal({ spans: [spanOf(0, at * 60_000, at * 60_000 + 30_000, 0)] })], BEGAN);
        await send(house.api.url, batch, headers);
        return (await seedSigner(house.api.url, headers)).pack(batch);
      }),
    );
    const totals = async () => {
      await deriveAll(database);
      return database.query<object[]>(
        `SELECT day, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms FROM site_day WHERE edition_id = $1 ORDER BY day`,
        [editionId],
      );
    };
    const before = await totals();
    await erase(li.id);
    const faults: (string | null)[] = [];
    for (const file of packed) {
      const { bundles } = await importBundles(house.api.url, file, { cookie: auditor });
      faults.push(...bundles.map(({ fault }) => fault));
    }
    expect(faults).toEqual([null, 'bundle-unknown-signer']);
    expect(await totals()).toEqual(before);
    expect(await tablesWith(database, li.id)).toEqual([]);
  });
});
