import type { ClaimView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { Stretch } from './stretch.js';

export interface NewClaim extends Stretch {
  readonly id: string;
  readonly sessionId: string;
  readonly learnerId: string;
  readonly siteId: string;
  /** Account of whoever names somebody; null: the learner claims, and it waits. */
  readonly confirmedBy: string | null;
}

export const insertClaim = async (db: EntityManager, of: NewClaim): Promise<void> => {
  await db.query(
    `INSERT INTO tracking_claim (id, session_id, learner_id, site_id, clock_from_ms, clock_to_ms, state, by_learner,
       claimed_at, decided_by, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $7::uuid IS NULL THEN 'pending' ELSE 'confirmed' END, $7::uuid IS NULL,
       clock_timestamp(), $7::uuid, CASE WHEN $7::uuid IS NOT NULL THEN ${NEXT_MOMENT} END)`,
    [of.id, of.sessionId, of.learnerId, of.siteId, of.fromMs, of.toMs, of.confirmedBy],
  );
};

/** Later than any before it of the same session ($2), which is locked: who was confirmed first has the head. */
const NEXT_MOMENT = `greatest(date_trunc('milliseconds', clock_timestamp()),
  (SELECT max(decided_at) + interval '1 millisecond' FROM tracking_claim WHERE session_id = $2))`;

export const decideClaim = async (
  db: EntityManager,
  { id, sessionId, confirm, by }: { id: string; sessionId: string; confirm: boolean; by: string },
): Promise<void> => {
  await db.query(
    `UPDATE tracking_claim SET state = CASE WHEN $3 THEN 'confirmed' ELSE 'declined' END, decided_by = $4,
       decided_at = ${NEXT_MOMENT} WHERE id = $1`,
    [id, sessionId, confirm, by],
  );
};

export interface KnownClaim {
  readonly session_id: string;
  readonly learner_id: string;
  readonly state: ClaimView['state'];
}

export const findClaim = async (db: EntityManager, id: string): Promise<KnownClaim | undefined> => {
  const rows = await db.query<KnownClaim[]>(`SELECT session_id, learner_id, state FROM tracking_claim WHERE id = $1`, [
    id,
  ]);
  return rows[0];
};

/** What a learner has claimed of a session, and how much of theirs waits altogether. */
export const claimsOf = async (
  db: EntityManager,
  learnerId: string,
  sessionId: string,
): Promise<{ standing: number; declined: number; waiting: number }> => {
  const [row] = await db.query<[{ standing: number; declined: number; waiting: number }]>(
    `SELECT count(*) FILTER (WHERE session_id = $2 AND state <> 'declined')::int AS standing,
            count(*) FILTER (WHERE session_id = $2 AND state = 'declined')::int AS declined,
            count(*) FILTER (WHERE state = 'pending')::int AS waiting
     FROM tracking_claim WHERE learner_id = $1`,
    [learnerId, sessionId],
  );
  return row;
};

interface Row {
  readonly id: string;
  readonly session_id: string;
  readonly state: ClaimView['state'];
  readonly by_learner: boolean;
  readonly claimed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}

export const CLAIM = `claim.id, claim.session_id, claim.state, claim.by_learner, claim.claimed_at,
  (SELECT name FROM account WHERE account.id = claim.decided_by) AS decided_by, claim.decided_at`;
export type ClaimRow = Row;

export const viewOfClaim = (row: Row): ClaimView => ({
  id: row.id,
  sessionId: row.session_id,
  state: row.state,
  byLearner: row.by_learner,
  claimedAt: row.claimed_at.toISOString(),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
});

export const claimView = async (db: EntityManager, id: string): Promise<ClaimView> => {
  const [row] = await db.query<[Row]>(`SELECT ${CLAIM} FROM tracking_claim claim WHERE id = $1`, [id]);
  return viewOfClaim(row);
};
