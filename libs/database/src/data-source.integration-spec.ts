import { describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.js';
import { BY_KEY, createDataSource, type DatabaseConfig } from './index.js';

async function asked(config: DatabaseConfig, sql: string): Promise<unknown> {
  const database = await createDataSource(config).initialize();
  try {
    return await database.query<unknown>(sql);
  } finally {
    await database.destroy();
  }
}

describe('a connection to the database', () => {
  it('is in UTC wherever the server stands, whatever else it is told', async () => {
    const databaseUrl = await freshDatabase();
    await asked(
      { databaseUrl },
      `ALTER DATABASE "${new URL(databaseUrl).pathname.slice(1)}" SET timezone = 'Asia/Shanghai'`,
    );
    const settings = `SELECT current_setting('timezone') AS zone, current_setting('enable_seqscan') AS scans`;
    expect(await asked({ databaseUrl }, settings)).toEqual([{ zone: 'UTC', scans: 'on' }]);
    expect(await asked({ databaseUrl, connectionOptions: BY_KEY }, settings)).toEqual([{ zone: 'UTC', scans: 'off' }]);
  });
});
