import type { EntityManager } from 'typeorm';

/**
 * Sessions that have changed are told to the learning record store once nothing more has come of them for a while: a growing
 * span is told when it has grown. Where no sender has been at work for a week, nobody waits for them.
 */
export const markDue = async (db: EntityManager, sessionIds: readonly string[]): Promise<void> => {
  await db.query(
    `INSERT INTO xapi_due (session_id, due_at)
     SELECT id, now() + settle_ms * interval '1 millisecond' FROM unnest($1::uuid[]) id, xapi_sender
     WHERE seen_at > now() - interval '7 days'
     ORDER BY id
     ON CONFLICT (session_id) DO UPDATE SET due_at = excluded.due_at`,
    [sessionIds],
  );
};

/** Takes sessions that have settled off the list, for the length of the transaction. */
export const takeDue = async (db: EntityManager, limit: number): Promise<string[]> => {
  const [rows] = await db.query<[{ session_id: string }[], number]>(
    `DELETE FROM xapi_due WHERE session_id IN (
       SELECT session_id FROM xapi_due WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING session_id`,
    [limit],
  );
  return rows.map((row) => row.session_id);
};

/** One that cannot be told now is tried again later, behind all others. */
export const putOff = async (db: EntityManager, sessionId: string): Promise<void> => {
  await db.query(
    `INSERT INTO xapi_due (session_id, due_at) VALUES ($1, now() + interval '1 hour')
     ON CONFLICT (session_id) DO UPDATE SET due_at = excluded.due_at`,
    [sessionId],
  );
};
