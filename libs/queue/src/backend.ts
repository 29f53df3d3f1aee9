import { BullModule } from '@nestjs/bullmq';
import {
  createPostgresBackend,
  type DefaultJobOptions,
  runMigrations,
  setDefaultBackendFactory,
  withBackend,
} from 'bullmq';
import { PatientClient } from './patient-client.js';
import pg from 'pg';

export interface QueueConfig {
  readonly databaseUrl: string;
  /** Set: Redis carries the queue; not set: Postgres does. */
  readonly redisUrl?: string | undefined;
}

const SCHEMA = 'bullmq';

/**
 * A finished job is kept a week, a failed one a month, by age: `{ count }` deadlocks on Postgres and fails finished jobs.
 * The rows of the database decide about tries, so the queue itself makes none.
 */
export const defaultJobOptions: DefaultJobOptions = {
  attempts: 1,
  removeOnComplete: { age: 604_800 },
  removeOnFail: { age: 2_592_000 },
};

/** Chooses what carries the queue; must run before any Queue or Worker exists. */
export function connectionOf({ databaseUrl, redisUrl }: QueueConfig) {
  if (redisUrl) return { url: redisUrl, maxRetriesPerRequest: null };
  setDefaultBackendFactory(createPostgresBackend);
  const postgres = withBackend(createPostgresBackend);
  BullModule.queueClass = postgres.Queue;
  BullModule.flowProducerClass = postgres.FlowProducer;
  BullModule.workerClass = postgres.Worker;
  return {
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 2, // a pool for every Queue and Worker
    migrate: false,
    statement_timeout: 15_000,
    keepAlive: true,
    Client: PatientClient,
  };
}

/** Brings BullMQ's own schema in Postgres up to date; needed unless Redis carries the queue. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}
