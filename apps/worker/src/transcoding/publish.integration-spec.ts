import { createDataSource, Edition } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedCountry } from '../../../../test/support/people.js';
import { publish } from './transcoding.queries.js';

describe('which edition viewers get', () => {
  let database: DataSource;
  beforeAll(async () => {
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  });
  afterAll(() => database.destroy());

  it('is the newest one that is ready, whichever was encoded first', async () => {
    const { lecture } = await seedCountry(database);
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    const editions = [1, 2, 3].map((number) => ({ id: uuidv7(), lectureId: lecture.id, number, ...source }));
    await database.manager.insert(Edition, editions);
    const live = async () => (await database.manager.findOneBy(Edition, { lectureId: lecture.id, live: true }))?.number;
    const finish = async (number: number) => {
      const edition = await database.manager.findOneByOrFail(Edition, { lectureId: lecture.id, number });
      await database.transaction((tx) => publish(tx, edition, 1_000));
      return live();
    };
    expect(await finish(2)).toBe(2);
    expect(await finish(1)).toBe(2);
    expect(await finish(3)).toBe(3);
    const states = await database.manager.findBy(Edition, { lectureId: lecture.id });
    expect(states.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  });
});
