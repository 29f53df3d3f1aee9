import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { freshDatabase } from '../../../test/support/database.js';
import { createDataSource } from './index.js';

describe('the schema', () => {
  let database: DataSource;
  beforeAll(async () => {
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  });
  afterAll(() => database.destroy());

  it('is what the entities say: TypeORM would change nothing', async () => {
    const { upQueries } = await database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be taken back, migration by migration', async () => {
    for (const migration of database.migrations) {
      expect(migration.name).toBeDefined();
      await database.undoLastMigration();
    }
    const tables = await database.query<unknown[]>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    expect(tables).toEqual([]);
  });
});
