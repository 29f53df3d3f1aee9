import type { OverrideView } from '#libs/contracts';
import { DomainError, type OverrideKind } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import type { Stretch } from './stretch.js';

export interface NewOverride extends Stretch {
  readonly id: string;
  readonly sessionId: string;
  readonly learnerId: string;
  readonly kind: OverrideKind;
  readonly reason: string;
  readonly by: string;
}

/**
 * One ruling after the other. False when there is no such session.
 *
 * @throws {DomainError} `conflict` when its detail is gone: what it gave can no longer be judged.
 */
export const lockSession = async (db: EntityManager, sessionId: string): Promise<boolean> => {
  const rows = await db.query<{ folded: boolean }[]>(
    `SELECT folded_at IS NOT NULL AS folded FROM tracking_session WHERE id = $1 FOR NO KEY UPDATE`,
    [sessionId],
  );
  if (rows[0]?.folded) throw new DomainError('conflict', 'The detail of this session has been cleared.');
  return rows.length > 0;
};

/** Whether a learner is or was on the roster of a site since the day on which a session was there. */
export const isOnRoster = async (
  db: EntityManager,
  learnerId: string,
  siteId: string,
  since: Date,
): Promise<boolean> => {
  const rows = await db.query<unknown[]>(
    `SELECT FROM roster_entry WHERE learner_id = $1 AND site_id = $2
     AND (to_date IS NULL OR to_date >= ($3::timestamptz - interval '1 day')::date)`,
    [learnerId, siteId, since],
  );
  return rows.length > 0;
};

/** Later than any before it of the same session, which is locked. */
export const insertOverride = async (db: EntityManager, of: NewOverride): Promise<OverrideView> => {
  const [row] = await db.query<[{ by: string | null; made_at: Date }]>(
    `INSERT INTO tracking_override (id, session_id, learner_id, kind, clock_from_ms, clock_to_ms, made_by, made_at, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7::uuid, greatest(date_trunc('milliseconds', clock_timestamp()),
       (SELECT max(made_at) + interval '1 millisecond' FROM tracking_override WHERE session_id = $2)), $8)
     RETURNING made_at, (SELECT name FROM account WHERE account.id = $7::uuid) AS by`,
    [of.id, of.sessionId, of.learnerId, of.kind, of.fromMs, of.toMs, of.by, of.reason],
  );
  await deriveAgain(db, of.sessionId);
  const { id, sessionId, kind, reason } = of;
  return { id, sessionId, kind, reason, by: row.by, madeAt: row.made_at.toISOString(), stands: true };
};

/** What follows from a session is derived anew. */
export const deriveAgain = async (db: EntityManager, sessionId: string): Promise<void> => {
  await db.query(`INSERT INTO tracking_dirty (session_id) VALUES ($1)`, [sessionId]);
};
