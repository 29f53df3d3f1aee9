import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recompute } from '#libs/database';
import { send } from '../../../../test/support/tracking.js';
import { batchFor, openVectorHouse, type VectorStage } from '../../../../test/support/vector-stage.js';
import { permutations, type Vector, vectors } from '../../../../test/support/vectors.js';

let house: Awaited<ReturnType<typeof openVectorHouse>>;
beforeAll(async () => {
  house = await openVectorHouse();
});
afterAll(() => house.api.close());

const cases = vectors.map((vector) => [vector.name, vector] as const);

describe('the vectors, over HTTP and through the database', () => {
  const staged: [Vector, VectorStage][] = [];

  it.each(cases)('%s', async (_, vector) => {
    for (const order of permutations(vector.sessions)) {
      const here = await house.stage(vector);
      staged.push([vector, here]);
      for (const batch of order.map((session) => batchFor(session, here))) {
        const first = await send(house.api.url, batch, here.device);
        const again = await send(house.api.url, batch, here.device);
        expect(again.results).toEqual(first.results);
      }
      await house.expectWhatTheVectorSays(vector, here);
    }
  });

  it('all of them, derived anew from the ledger after everything derived was lost', async () => {
    const { database } = house.api;
    const found = () => recompute(database, { write: true, tell: () => undefined });
    expect((await found()).map(({ differing }) => differing)).toEqual([0, 0, 0, expect.any(Number)]);
    await database.query(`TRUNCATE session_record, session_audience, session_minutes, learner_credit, site_day`);
    await database.query(`DELETE FROM tracking_refusal WHERE derived`);
    const [sessions] = await found();
    expect(sessions?.differing).toBeGreaterThanOrEqual(staged.length);
    for (const [vector, here] of staged) await house.expectWhatTheVectorSays(vector, here);
    expect((await found()).map(({ differing }) => differing)).toEqual([0, 0, 0, 0]);
  });

  it('a hall that plays past midnight has each head once, on the day it began', async () => {
    const hall = vectors.find(({ expect: told }) => Object.keys(told).some((name) => name.startsWith('site:')));
    if (!hall) throw new Error('There is no hall among the vectors.');
    const here = await house.stage(hall);
    const fiveToMidnightInShanghai = Date.UTC(2026, 2, 3, 15, 55);
    const sessions = hall.sessions.map((session) => ({ ...session, wallStart: fiveToMidnightInShanghai }));
    for (const session of sessions) await send(house.api.url, batchFor(session, here), here.device);
    await house.expectWhatTheVectorSays(hall, here);
  });
});
