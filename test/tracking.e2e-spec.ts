import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type House, startHouse } from './support/house.js';
import { type Country, seedCountry } from './support/people.js';
import { batchOf, post, recordOf, seedEdition, send, spanOf } from './support/tracking.js';

const LENGTH_MS = 3_600_000;
const KILLS = 3;

describe('a house that is killed while a hall plays', () => {
  let house: House;
  let country: Country;
  beforeAll(async () => {
    house = await startHouse();
    country = await seedCountry(house.database);
  });
  afterAll(() => house.stop());

  it('has every span that it acknowledged, and none twice', async () => {
    const editionId = (await seedEdition(house.database, { courseId: country.course.id, lengthMs: LENGTH_MS })).id;
    const device = { authorization: country.devices.hall.authorization };
    const learnerId = country.learners.li.id;
    const session = { id: uuidv7(), editionId, kind: 'personal', learnerId, clockAtStartMs: 0 };
    const began = Date.now() - 2 * LENGTH_MS;
    const bootId = uuidv7();
    const batches = Array.from({ length: 300 }, (_, seq) =>
      batchOf([{ ...session, spans: [spanOf(seq, seq * 1000, (seq + 1) * 1000)] }], began, { bootId }),
    );
    const acknowledged = new Set<number>();
    const offer = async (seq: number) => {
      const response = await post(house.url, batches[seq], device).catch(() => undefined);
      if (response?.ok) acknowledged.add(seq);
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const offers = Array.from({ length: 100 }, (_, index) => offer(kill * 100 + index));
      await Promise.race(offers);
      await house.kill('api');
      await Promise.all(offers);
      await house.start('api');
    }
    const [item] = (await recordOf(house.url, learnerId, device)).items;
    const seen = new Set((item?.watched ?? []).flatMap(([from, to]) => secondsOf(from, to)));
    expect([...acknowledged].filter((seq) => !seen.has(seq))).toEqual([]);

    for (const batch of batches) await send(house.url, batch, device);
    const [whole] = (await recordOf(house.url, learnerId, device)).items;
    expect(whole).toMatchObject({ coveredMs: 300_000, minutesMs: 300_000, refused: [] });
  });
});

const secondsOf = (fromMs: number, toMs: number): number[] =>
  Array.from({ length: (toMs - fromMs) / 1000 }, (_, index) => fromMs / 1000 + index);
