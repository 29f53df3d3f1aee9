import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importBundles, seedSigner } from '../../../../test/support/bundles.js';
import { signIn } from '../../../../test/support/people.js';
import { send } from '../../../../test/support/tracking.js';
import { batchFor, openVectorHouse } from '../../../../test/support/vector-stage.js';
import { permutations, vectors } from '../../../../test/support/vectors.js';

let house: Awaited<ReturnType<typeof openVectorHouse>>;
beforeAll(async () => {
  house = await openVectorHouse();
});
afterAll(() => house.api.close());

const cases = vectors.map((vector) => [vector.name, vector] as const);

describe('the vectors, over HTTP and through the database', () => {
  it.each(cases)('%s', async (_, vector) => {
    for (const order of permutations(vector.sessions)) {
      const staged = await house.stage(vector);
      for (const batch of order.map((session) => batchFor(session, staged))) {
        const first = await send(house.api.url, batch, staged.device);
        const again = await send(house.api.url, batch, staged.device);
        expect(again.results).toEqual(first.results);
      }
      await house.expectWhatTheVectorSays(vector, staged);
    }
  });

  it('a hall that plays past midnight has each head once, on the day it began', async () => {
    const hall = vectors.find(({ expect: told }) => Object.keys(told).some((name) => name.startsWith('site:')));
    if (!hall) throw new Error('There is no hall among the vectors.');
    const staged = await house.stage(hall);
    const fiveToMidnightInShanghai = Date.UTC(2026, 2, 3, 15, 55);
    const sessions = hall.sessions.map((session) => ({ ...session, wallStart: fiveToMidnightInShanghai }));
    for (const session of sessions) await send(house.api.url, batchFor(session, staged), staged.device);
    await house.expectWhatTheVectorSays(hall, staged);
  });
});

describe('the vectors, in files that an auditor brings', () => {
  let auditor: { cookie: string };
  beforeAll(async () => {
    auditor = { cookie: (await signIn(house.api.url, 'auditor')).cookie };
  });

  it.each(cases)('%s, in any order and twice', async (_, vector) => {
    for (const order of permutations(vector.sessions)) {
      const staged = await house.stage(vector);
      const { pack } = await seedSigner(house.api.url, staged.device);
      const files = await Promise.all(order.map((session) => pack(batchFor(session, staged))));
      for (const file of [...files, ...files.toReversed()]) {
        const { bundles } = await importBundles(house.api.url, file, auditor);
        expect(bundles).toMatchObject([{ fault: null, acknowledged: 1, refused: 0 }]);
      }
      await house.expectWhatTheVectorSays(vector, staged);
    }
  });
});
