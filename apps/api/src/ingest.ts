import type { ApiConfig } from '#libs/config';
import { BY_KEY, createDataSource } from '#libs/database';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Credentials } from './http/credentials.js';
import { IngestDesk } from './tracking/ingest-desk.js';
import { type Answer, type Asked, GOODBYE, toFailure } from './tracking/ingest-messages.js';
import { IngestPool } from './tracking/ingest-pool.js';
import { IngestService } from './tracking/ingest.service.js';
import { Posted } from './tracking/posted.js';
import { Quarantine } from './tracking/quarantine.service.js';
import { TrackingService } from './tracking/tracking.service.js';

// The thread of the API that takes batches: who sends them, what is held aside, and the ledger. See IngestThread.

/**
 * Behind whatever people wait for, yet not starved by it: where processors are short, an interactive thread wakes at once. On
 * Linux this is the priority of the calling thread alone (setpriority(2)), elsewhere that of the whole process.
 */
const LESS_URGENT = 10;
if (process.platform === 'linux') setPriority(0, LESS_URGENT);

const { databaseUrl, ingestLimits } = workerData as Pick<ApiConfig, 'databaseUrl' | 'ingestLimits'>;
const database = await createDataSource({ databaseUrl, databasePool: 2, connectionOptions: BY_KEY }).initialize();
const pool = new IngestPool({ databaseUrl });
const tracking = new TrackingService(new IngestService(pool), new Quarantine(database), { ingestLimits });
const desk = new IngestDesk(new Credentials(database), tracking);

const answers = new Posted<Answer>((messages) => parentPort?.postMessage(messages));
const underWay = new Set<Promise<void>>();

const answer = ({ id, arrived }: Asked): Promise<void> =>
  desk.take(arrived).then(
    (said) => answers.post({ id, said }),
    (error: unknown) => answers.post({ id, said: toFailure(error) }),
  );

function take(asked: Asked): void {
  const taken = answer(asked).finally(() => underWay.delete(taken));
  underWay.add(taken);
}

async function close(): Promise<void> {
  await Promise.all(underWay);
  await Promise.all([pool.onApplicationShutdown(), database.destroy()]);
  parentPort?.close();
}

parentPort?.on('message', (message: readonly Asked[] | typeof GOODBYE) => {
  if (message === GOODBYE) void close();
  else message.forEach(take);
});
