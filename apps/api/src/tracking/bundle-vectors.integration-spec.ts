import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importBundles, seedSigner } from '../../../../test/support/bundles.js';
import { signIn } from '../../../../test/support/people.js';
import { batchFor, openVectorHouse } from '../../../../test/support/vector-stage.js';
import { permutations, vectors } from '../../../../test/support/vectors.js';

let house: Awaited<ReturnType<typeof openVectorHouse>>;
beforeAll(async () => {
  house = await openVectorHouse();
});
afterAll(() => house.api.close());

const cases = vectors.map((vector) => [vector.name, vector] as const);

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
