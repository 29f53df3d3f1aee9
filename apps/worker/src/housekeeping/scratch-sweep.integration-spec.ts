import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, Edition, Job } from '#libs/database';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedCountry } from '../../../../test/support/people.js';
import { startStore, type TestStore } from '../../../../test/support/stores.js';
import { ScratchSweep } from './scratch-sweep.service.js';

const HOUR_MS = 3_600_000;

describe('the sweep of scratch', () => {
  let t: TestStore;
  let database: DataSource;
  beforeAll(async () => {
    t = await startStore('disk');
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await t.close();
  });

  it('removes the scratch of jobs that do not run, and of them alone', async () => {
    const editionId = uuidv7();
    const lectureId = (await seedCountry(database)).lecture.id;
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await database.manager.insert(Edition, { id: editionId, lectureId, number: 1, ...source });
    const [runs, ended] = [uuidv7(), uuidv7()];
    await database.manager.insert(Job, { id: runs, editionId, kind: 'chunk', fence: 2, state: 'running' });
    await database.manager.insert(Job, { id: ended, editionId, kind: 'audio', fence: 1, state: 'done' });
    const places = [`${runs}-1`, `${runs}-2`, `${ended}-1`, `captions-${uuidv7()}`];
    for (const place of places) {
      await t.store.scratch.make(place);
      const then = new Date(Date.now() - 2 * HOUR_MS);
      await utimes(join(t.root, 'work', place), then, then);
    }
    await mkdir(join(t.root, 'work', `${ended}-2`));
    await new ScratchSweep(database, t.store).run();
    const left = (await t.store.scratch.list()).map(({ id }) => id);
    expect(places.filter((place) => left.includes(place))).toEqual([`${runs}-2`]);
    expect(left).toContain(`${ended}-2`);
  });
});
