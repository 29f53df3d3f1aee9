import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { freePort, type PostgresServer, startPostgres } from '../tools/postgres.js';
import { isAlive } from '../tools/processes.js';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { type Country, seedCountry } from './support/people.js';
import { batchOf, post, recordOf, seedEdition, spanOf } from './support/tracking.js';

const LENGTH_MS = 3_600_000;
const SPANS = 300;

describe('a house that is killed while a hall plays', () => {
  const shared = process.env.TEST_DATABASE_URL;
  let dataDir: string;
  let port: number;
  let postgres: PostgresServer;
  let house: House;
  let country: Country;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lectern-kills-'));
    port = await freePort();
    postgres = await startPostgres({ dataDir, port });
    process.env.TEST_DATABASE_URL = postgres.urlOf('postgres');
    house = await startHouse();
    country = await seedCountry(house.database);
  });
  afterAll(async () => {
    process.env.TEST_DATABASE_URL = shared;
    await house.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const killApi = async (answered: Promise<unknown>) => {
    await house.kill('api');
    await answered;
    await house.start('api');
  };
  const killPostgres = async (answered: Promise<unknown>) => {
    process.kill(postgres.pid, 'SIGKILL');
    await eventually('its end', () => Promise.resolve(isAlive(postgres.pid) ? undefined : true));
    await answered;
    postgres = await startPostgres({ dataDir, port });
  };

  it('has every span that it acknowledged, and none twice, in whatever batches and order they came', async () => {
    const editionId = (await seedEdition(house.database, { courseId: country.course.id, lengthMs: LENGTH_MS })).id;
    const device = { authorization: country.devices.hall.authorization };
    const learnerId = country.learners.li.id;
    const session = { id: uuidv7(), editionId, kind: 'personal', learnerId, clockAtStartMs: 0 };
    const began = Date.now() - 2 * LENGTH_MS;
    const bootId = uuidv7();
    const spans = Array.from({ length: SPANS }, (_, seq) => spanOf(seq, seq * 1000, (seq + 1) * 1000));
    const batches = randomly(spans).map((some) => batchOf([{ ...session, spans: some }], began, { bootId }));
    const acknowledged = new Set<number>();
    const offer = async (batch: (typeof batches)[number]) => {
      const response = await post(house.url, batch, device).catch(() => undefined);
      if (response?.ok) for (const { seq } of spansIn(batch)) acknowledged.add(seq);
      return response?.ok;
    };
    const deliveries = shuffled([...batches, ...batches, ...batches]);
    const third = Math.ceil(deliveries.length / 3);
    for (const [turn, kill] of [killApi, killPostgres, killApi].entries()) {
      const offers = deliveries.slice(turn * third, (turn + 1) * third).map(offer);
      await Promise.race(offers);
      await kill(Promise.all(offers));
    }
    const [item] = (await recordOf(house.url, learnerId, device)).items;
    const seen = new Set((item?.watched ?? []).flatMap(([from, to]) => secondsOf(from, to)));
    expect([...acknowledged].filter((seq) => !seen.has(seq))).toEqual([]);

    for (const batch of batches) await eventually('an answer', async () => ((await offer(batch)) ? true : undefined));
    const [whole] = (await recordOf(house.url, learnerId, device)).items;
    expect(whole).toMatchObject({ coveredMs: SPANS * 1000, minutesMs: SPANS * 1000, refused: [] });
  });
});

const anyOf = <T>(arbitrary: fc.Arbitrary<T>): T => {
  const [one] = fc.sample(arbitrary, 1);
  if (one === undefined) throw new Error('Nothing was drawn.');
  return one;
};

const shuffled = <T>(all: readonly T[]): T[] =>
  anyOf(fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }));

/** In any order, one to six together. */
function randomly<T>(all: readonly T[]): T[][] {
  const [left, parts] = [shuffled(all), [] as T[][]];
  while (left.length > 0) parts.push(left.splice(0, anyOf(fc.integer({ min: 1, max: 6 }))));
  return parts;
}

const spansIn = ({ sessions }: { sessions: readonly unknown[] }): readonly { readonly seq: number }[] =>
  (sessions as { spans: { seq: number }[] }[]).flatMap(({ spans }) => spans);

const secondsOf = (fromMs: number, toMs: number): number[] =>
  Array.from({ length: (toMs - fromMs) / 1000 }, (_, index) => fromMs / 1000 + index);
