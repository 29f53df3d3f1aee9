import { createDataSource } from '#libs/database';
import { migrateQueue } from '#libs/queue';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'lectern_template';
const LOCK = 76_001;

/** A migrated, empty database of its own for one test file: its URL. It goes with the server at the end of the run. */
export async function freshDatabase(): Promise<string> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('No test server: is the global setup of jest in place?');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (!rowCount) await createTemplate(client, server);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  return databaseUrl(server, name);
}

const databaseUrl = (server: string, name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href;

/** Migrates under a draft name: a template that is there is whole. */
async function createTemplate(client: pg.Client, server: string): Promise<void> {
  const draft = `${TEMPLATE}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft}`);
  await client.query(`CREATE DATABASE ${draft}`);
  const url = databaseUrl(server, draft);
  const database = await createDataSource({ databaseUrl: url }).initialize();
  await database.runMigrations({ transaction: 'each' });
  await database.destroy();
  await migrateQueue(url);
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
}
