import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { createDataSource } from '../index.js';
import { freshAt, setAside, takeDirty, waitingOf } from './dirty.queries.js';

const [learnerId, siteId, mine, other] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
const OTHERS_WAITING = 20_000;

let database: DataSource;
beforeAll(async () => {
  database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
  await database.query(
    `INSERT INTO tracking_session (id, credential, boot_id, edition_id, kind, learner_id, site_id, clock_at_start_ms, first_received_at, first_clock_to_ms)
     VALUES ($1, 'device', $1, $1, 'personal', $2, $3, 0, now(), 0), ($4, 'device', $4, $4, 'personal', $4, $4, 0, now(), 0)`,
    [mine, learnerId, siteId, other],
  );
});
afterAll(() => database.destroy());
beforeEach(() => database.query('TRUNCATE tracking_dirty'));

const mark = (...sessions: string[]) =>
  database.query(`INSERT INTO tracking_dirty (session_id) SELECT unnest($1::uuid[])`, [sessions]);

/** Rows of the list that this transaction has looked at so far. */
async function looksAt(db: EntityManager): Promise<number> {
  const [{ looks }] = await db.query<[{ looks: number }]>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS looks FROM pg_stat_xact_user_tables WHERE relname = 'tracking_dirty'`,
  );
  return looks;
}

describe('the list of sessions that have changed', () => {
  it('gives each asker their own', async () => {
    await mark(mine, other, mine);
    expect(await takeDirty(database.manager, { learnerId }, 'ALL')).toEqual([mine, mine]);
    await mark(mine);
    expect(await takeDirty(database.manager, { siteId }, 1)).toEqual([mine]);
    expect(await takeDirty(database.manager, { siteId }, 1)).toEqual([]);
    expect(await takeDirty(database.manager, 'anybody', 200)).toEqual([other]);
  });

  it('leaves alone what is set aside, with what has come of the same session since', async () => {
    await mark(mine);
    await setAside(database.manager, mine);
    await mark(mine);
    for (const of of [{ learnerId }, { siteId }, { sessionId: mine }, 'anybody'] as const)
      expect(await takeDirty(database.manager, of, 'ALL')).toEqual([]);
    expect((await waitingOf(database, { learnerId })).since).not.toBeNull();
  });

  it('says since when something waits, and that all is fresh when nothing does', async () => {
    await mark(other);
    const { since, now } = await waitingOf(database, { learnerId });
    expect(since).toBeNull();
    expect((await freshAt(database, { siteId })).getTime()).toBeGreaterThanOrEqual(now.getTime());
    await mark(mine);
    for (const of of [{ learnerId }, { siteId }, { sessionId: mine }] as const)
      expect((await freshAt(database, of)).getTime()).toBeGreaterThanOrEqual(now.getTime());
    expect((await freshAt(database, 'anybody')).getTime()).toBeLessThan(now.getTime());
  });

  it.each([{ learnerId }, { sessionId: mine }, 'anybody'] as const)(
    'is not read through for %j, however much waits of others',
    async (of) => {
      await database.query(`INSERT INTO tracking_dirty (session_id) SELECT $1 FROM generate_series(1, $2::int)`, [
        other,
        OTHERS_WAITING,
      ]);
      await mark(mine);
      await database.transaction(async (db) => {
        await takeDirty(db, of, 10);
        expect(await looksAt(db)).toBeLessThan(1000);
      });
    },
  );
});
