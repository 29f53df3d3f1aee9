import type { DataSource } from 'typeorm';

const ALLOWED_MS = 2_000;

/**
 * BullMQ's Postgres backend lets locks expire by the worker's clock, so a worker with a wrong one would steal jobs.
 *
 * @throws {Error} when this machine's clock is more than 2 s off the database's.
 */
export async function assertClock(database: Pick<DataSource, 'query'>): Promise<void> {
  const before = Date.now();
  const [row] = await database.query<[{ now: Date }]>('SELECT clock_timestamp() AS now');
  const offMs = Math.abs(row.now.getTime() - (before + Date.now()) / 2);
  if (offMs > ALLOWED_MS) throw new Error(`The clock of this machine is ${Math.round(offMs)} ms off the database's.`);
}
