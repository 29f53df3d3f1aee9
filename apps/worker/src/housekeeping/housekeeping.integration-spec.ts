import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '#libs/database';
import { editionFolder } from '#libs/storage';
import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { startStore, type TestStore } from '../../../../test/support/stores.js';
import { Flags } from './flags.service.js';
import { Fold } from './fold.service.js';
import { Housekeeping } from './housekeeping.service.js';
import { Prune } from './prune.service.js';
import { Sample } from './sample.service.js';
import { ScratchSweep } from './scratch-sweep.service.js';
import { Scrub } from './scrub.service.js';
import { Sweep } from './sweep.service.js';

const DAY_MS = 24 * 3_600_000;

describe('housekeeping', () => {
  let t: TestStore;
  let database: DataSource;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    t = await startStore('S3');
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await t.close();
  });

  const worker = () =>
    new Housekeeping(
      database,
      new ScratchSweep(database, t.store),
      new Sweep(database, t.store),
      new Scrub(database, t.store),
      new Sample(database),
      new Flags(database),
      new Fold(database),
      new Prune(database),
    );
  const sweeps = () => t.server.asked.filter(({ operation }) => operation === 'ListUploads').length;
  const rounds = async () => {
    const rows = await database.query<{ name: string }[]>(`SELECT name FROM housekeeping_round ORDER BY name`);
    return rows.map(({ name }) => name);
  };

  it('is done by one worker of all, once an hour, and the scrub at night', async () => {
    const noon = new Date(2026, 10, 22, 12);
    await Promise.all([worker().tidy(noon), worker().tidy(noon), worker().tidy(noon)]);
    await worker().tidy(noon);
    expect([sweeps(), await rounds()]).toEqual([1, ['sweep']]);
    await worker().tidy(new Date(2026, 10, 23, 2));
    expect([sweeps(), await rounds()]).toEqual([1, ['flags', 'fold', 'prune', 'sample', 'scrub', 'sweep']]);
    await database.query(`UPDATE housekeeping_round SET began_at = began_at - interval '1 hour'`);
    await worker().tidy(noon);
    expect(sweeps()).toBe(2);
  });

  it('begins at the start, ends what a crash has left half-sent, and stops at once when asked', async () => {
    await database.query(`DELETE FROM housekeeping_round`);
    const id = uuidv7();
    await t.put(editionFolder(id), [randomBytes(5)]);
    for (const name of await t.names(editionFolder(id))) await t.age(`${editionFolder(id)}/${name}`, 2 * DAY_MS);
    t.server.uploads.set('old', { key: 'x', parts: new Map(), begun: new Date(Date.now() - 2 * DAY_MS) });
    t.server.uploads.set('young', { key: 'x', parts: new Map(), begun: new Date() });
    const started = worker();
    started.onApplicationBootstrap();
    await started.onApplicationShutdown();
    expect([...t.server.uploads.keys()]).toEqual(['young']);
    expect(await t.names(editionFolder(id))).toEqual([]);
  });
});
