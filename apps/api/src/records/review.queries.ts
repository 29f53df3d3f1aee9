import type { ClaimView, DisputeView, OverrideView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';

/** What people have said of one learner in some sessions, by session and in order. */
export interface Said {
  readonly disputes: readonly DisputeView[];
  readonly overrides: readonly OverrideView[];
  readonly claims: readonly ClaimView[];
}

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const nameOf = (column: string) => `(SELECT name FROM account WHERE account.id = ${column})`;
const OF = `WHERE learner_id = $1 AND session_id = ANY($2::uuid[])`;

const DISPUTES = `
  SELECT id, session_id AS "sessionId", words, ${iso('raised_at')} AS "raisedAt",
         CASE WHEN answered_at IS NOT NULL THEN
           json_build_object('words', answer, 'by', ${nameOf('answered_by')}, 'at', ${iso('answered_at')}) END AS answer
  FROM dispute ${OF} ORDER BY id`;

const OVERRIDES = `
  SELECT id, session_id AS "sessionId", kind, reason, ${nameOf('made_by')} AS by, ${iso('made_at')} AS "madeAt",
         row_number() OVER (PARTITION BY session_id ORDER BY made_at DESC, id DESC) = 1 AS stands
  FROM tracking_override ${OF} ORDER BY made_at, id`;

const CLAIMS = `
  SELECT id, session_id AS "sessionId", state, by_learner AS "byLearner", ${iso('claimed_at')} AS "claimedAt",
         ${nameOf('decided_by')} AS "decidedBy", ${iso('decided_at')} AS "decidedAt"
  FROM tracking_claim ${OF} ORDER BY claimed_at, id`;

export async function saidOf(db: EntityManager, learnerId: string, sessionIds: readonly string[]): Promise<Said> {
  const of = [learnerId, sessionIds];
  return {
    disputes: await db.query(DISPUTES, of),
    overrides: await db.query(OVERRIDES, of),
    claims: await db.query(CLAIMS, of),
  };
}

/** What a hall's screen may show of it: nobody's words. */
export const withoutWords = ({ overrides, claims }: Said): Said => ({
  disputes: [],
  overrides: overrides.map((override) => ({ ...override, reason: null, by: null })),
  claims,
});

/** Of one session. */
export const saidIn = ({ disputes, overrides, claims }: Said, id: string) => ({
  disputes: disputes.filter(({ sessionId }) => sessionId === id),
  overrides: overrides.filter(({ sessionId }) => sessionId === id),
  claims: claims.filter(({ sessionId }) => sessionId === id),
});
