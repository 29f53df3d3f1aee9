import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../tools/postgres.js';

/** One PostgreSQL for a whole run; each test file makes a database of its own in it (see database.ts). */
export default async function setUp() {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-test-'));
  const removeData = () => rm(dataDir, { recursive: true, force: true });
  const postgres = await startPostgres({ dataDir, durable: false }).catch(async (error) => {
    await removeData();
    throw error;
  });
  process.env.TEST_DATABASE_URL = postgres.urlOf('postgres');
  globalThis.tearDownLectern = async () => {
    await postgres.stop();
    await removeData();
  };
}
