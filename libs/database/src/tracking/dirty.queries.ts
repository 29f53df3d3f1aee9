import type { EntityManager } from 'typeorm';
import { SESSIONS_RULED } from './rulings.queries.js';

/** Whose sessions are meant. */
export type DirtyOf =
  { readonly learnerId: string } | { readonly siteId: string } | { readonly sessionId: string } | 'anybody';

const SESSIONS_OF = {
  learnerId: `SELECT id FROM tracking_session WHERE learner_id = $1
              UNION ALL SELECT session_id FROM tracking_attendance WHERE learner_id = $1
              UNION ALL ${SESSIONS_RULED}`,
  siteId: `SELECT id FROM tracking_session WHERE site_id = $1`,
  sessionId: `SELECT $1::uuid`,
};

function whose(of: DirtyOf): { sessions: string; parameters: string[] } {
  if (of === 'anybody') return { sessions: 'true', parameters: [] };
  const [[kind, id]] = Object.entries(of) as [[keyof typeof SESSIONS_OF, string]];
  return { sessions: `session_id IN (${SESSIONS_OF[kind]})`, parameters: [id] };
}

/**
 * Takes sessions that have changed off the list, for the length of the transaction. Those who ask for somebody in
 * particular wait for others that derive the same; those who take whatever waits step around them. What is set aside is
 * left alone until its time, with all that has come of the same session since. A session may be named more than once.
 */
export const takeDirty = async (db: EntityManager, of: DirtyOf, limit: number | 'ALL'): Promise<string[]> => {
  const { sessions, parameters } = whose(of);
  const [rows] = await db.query<[{ session_id: string }[], number]>(
    `DELETE FROM tracking_dirty WHERE id IN (
       SELECT id FROM tracking_dirty due WHERE ${sessions} AND not_before <= now() AND NOT EXISTS (
         SELECT FROM tracking_dirty aside WHERE aside.session_id = due.session_id AND aside.not_before > now())
       ORDER BY id LIMIT ${limit} FOR UPDATE ${of === 'anybody' ? 'SKIP LOCKED' : ''})
     RETURNING session_id`,
    parameters,
  );
  return rows.map((row) => row.session_id);
};

/** Leaves a session that cannot be derived alone for a minute, and twice as long each time, a day at most. */
export const setAside = async (db: EntityManager, sessionId: string): Promise<void> => {
  await db.query(
    `UPDATE tracking_dirty SET attempts = attempts + 1,
       not_before = now() + least(interval '1 day', interval '1 minute' * 2 ^ least(attempts, 12))
     WHERE session_id = $1`,
    [sessionId],
  );
};

/** Everything that had arrived by then is in what is derived. */
export const freshAt = async (db: EntityManager, of: DirtyOf): Promise<Date> => {
  const { sessions, parameters } = whose(of);
  const [row] = await db.query<[{ fresh_at: Date }]>(
    `SELECT coalesce(min(since), now()) AS fresh_at FROM tracking_dirty WHERE ${sessions}`,
    parameters,
  );
  return row.fresh_at;
};
