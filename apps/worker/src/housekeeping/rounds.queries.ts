import type { HousekeepingRound } from '#libs/database';
import type { EntityManager, QueryRunner } from 'typeorm';

const LOCK = 76_002;

/** Takes the one lock of housekeeping for this connection; false while another worker has it. */
export const takeTurn = async (connection: QueryRunner): Promise<boolean> => {
  const [row] = (await connection.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)) as [{ taken: boolean }];
  return row.taken;
};

export const endTurn = async (connection: QueryRunner): Promise<void> => {
  await connection.query(`SELECT pg_advisory_unlock(${LOCK})`);
};

/** Notes that a round begins; false when any worker has begun one within the time. */
export const beginRound = async (
  db: EntityManager,
  name: HousekeepingRound['name'],
  notWithinMs: number,
): Promise<boolean> => {
  const rows = await db.query<unknown[]>(
    `INSERT INTO housekeeping_round (name, began_at) VALUES ($1, clock_timestamp())
     ON CONFLICT (name) DO UPDATE SET began_at = excluded.began_at
       WHERE housekeeping_round.began_at < clock_timestamp() - $2 * interval '1 millisecond'
     RETURNING name`,
    [name, notWithinMs],
  );
  return rows.length > 0;
};
