import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { createDataSource } from '../index.js';
import { PartitionLedger1795301100000 } from '../migrations/1795301100000-partition-ledger.js';

let database: DataSource;
beforeAll(async () => {
  database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
});
afterAll(() => database.destroy());

/** Takes the schema back to where it was before this migration, with all that came after it. */
async function undoThrough(name: string): Promise<void> {
  let undone = '';
  while (undone !== name) {
    const [last] = await database.query<[{ name: string }]>(`SELECT name FROM migrations ORDER BY id DESC LIMIT 1`);
    undone = last.name;
    await database.undoLastMigration();
  }
}

const rowsOf = (table: string) => database.query<unknown[]>(`SELECT * FROM ${table} ORDER BY session_id, seq`);

describe('the parts of the ledger', () => {
  it('take over every row that was there before, and give it back', async () => {
    const runner = database.createQueryRunner();
    const migration = new PartitionLedger1795301100000();
    await undoThrough(migration.name);
    const sessions = Array.from({ length: 100 }, (_, turn) => (turn % 2 ? uuidv4() : uuidv7()));
    await database.query(
      `INSERT INTO tracking_span SELECT id, seq, 0, 0, 1000, 9000, 9000, now() FROM unnest($1::uuid[]) id, generate_series(0, 2) seq`,
      [sessions],
    );
    await database.query(`INSERT INTO tracking_presence SELECT id, 0, 0, id, 'B', NULL FROM unnest($1::uuid[]) id`, [
      sessions,
    ]);
    const before = [await rowsOf('tracking_span'), await rowsOf('tracking_presence')];
    await migration.up(runner);
    expect([await rowsOf('tracking_span'), await rowsOf('tracking_presence')]).toEqual(before);
    const [counts] = await database.query<[{ parts: string; homes: string }]>(
      `SELECT count(DISTINCT tracking_span.tableoid) AS parts, max(homes) AS homes FROM tracking_span JOIN (
         SELECT session_id, count(DISTINCT tableoid) AS homes FROM tracking_span GROUP BY 1) each USING (session_id)`,
    );
    expect([Number(counts.parts) > 8, Number(counts.homes)]).toEqual([true, 1]);
    await migration.down(runner);
    expect(await rowsOf('tracking_span')).toEqual(before[0]);
    await runner.release();
  });
});
