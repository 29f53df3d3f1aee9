import { readConfig } from '#libs/config';
import { createDataSource } from '#libs/database';
import { migrateQueue } from '#libs/queue';

/** Brings the schema of the house and of its queue up to date. Run before any process starts; safe to run again. */
const config = readConfig(process.env);
const database = await createDataSource(config).initialize();
const done = await database.runMigrations({ transaction: 'each' });
await database.destroy();
if (!config.redisUrl) await migrateQueue(config.databaseUrl);
console.log(done.length === 0 ? 'The schema is up to date.' : `Migrated: ${done.map(({ name }) => name).join(', ')}`);
