import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { freshDatabase } from '../../../../test/support/database.js';
import { createDataSource } from '../index.js';
import { percentOf } from './part.js';

let database: DataSource;
beforeAll(async () => {
  database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
});
afterAll(() => database.destroy());

describe('the share of a table that a sample reads', () => {
  it('is all of a small one, and as little of a large one as gives about so many rows', async () => {
    expect(await percentOf(database.manager, 'site_day', 100)).toBe(100);
    await database.query(
      `INSERT INTO site_day SELECT gen_random_uuid(), '2026-01-01', NULL, 1, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(1, 4000)`,
    );
    await database.query('ANALYZE site_day');
    expect(await percentOf(database.manager, 'site_day', 100)).toBe(2.5);
  });

  it('counts the parts of a table that lies in parts', async () => {
    await database.query(
      `INSERT INTO tracking_span SELECT gen_random_uuid(), 0, 0, 0, 1000, 1000, 1000, now() FROM generate_series(1, 1000)`,
    );
    await database.query('ANALYZE tracking_span');
    expect(await percentOf(database.manager, 'tracking_span', 100)).toBe(10);
  });
});
