import type { Claim, Override } from '#libs/domain';
import type { EntityManager } from 'typeorm';

/** What people have ruled of some sessions. */
export interface Rulings {
  readonly overrides: readonly (Override & { readonly sessionId: string })[];
  readonly claims: readonly (Claim & { readonly sessionId: string })[];
}

/** Of one session of them. */
export const rulingsOf = ({ overrides, claims }: Rulings, id: string): Rulings => ({
  overrides: overrides.filter(({ sessionId }) => sessionId === id),
  claims: claims.filter(({ sessionId }) => sessionId === id),
});

const STRETCH = `clock_from_ms::float8 AS "clockFromMs", clock_to_ms::float8 AS "clockToMs"`;
const msOf = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Every override, and the claims that were confirmed: one that waits, or was declined, counts for nothing. */
export const rulingRows = async (db: EntityManager, sessionIds: readonly string[]): Promise<Rulings> => ({
  overrides: await db.query(
    `SELECT id, session_id AS "sessionId", learner_id AS "learnerId", kind, ${STRETCH}, ${msOf('made_at')} AS "madeMs"
     FROM tracking_override WHERE session_id = ANY($1::uuid[])`,
    [sessionIds],
  ),
  claims: await db.query(
    `SELECT id, session_id AS "sessionId", learner_id AS "learnerId", ${STRETCH}, ${msOf('decided_at')} AS "confirmedMs"
     FROM tracking_claim WHERE session_id = ANY($1::uuid[]) AND state = 'confirmed'`,
    [sessionIds],
  ),
});

/** Sessions of which somebody has ruled, or asks to, that a learner ($1) was in them. */
export const SESSIONS_RULED = `SELECT session_id FROM tracking_override WHERE learner_id = $1
  UNION SELECT session_id FROM tracking_claim WHERE learner_id = $1`;

/** An erased learner goes by their label in what was ruled; the words said about them go. */
export const relabelRulings = async (db: EntityManager, learnerId: string, label: string): Promise<void> => {
  const who = [learnerId, label];
  await db.query(`UPDATE tracking_override SET learner_id = $2, reason = NULL WHERE learner_id = $1`, who);
  await db.query(`UPDATE tracking_claim SET learner_id = $2 WHERE learner_id = $1`, who);
  await db.query(`DELETE FROM dispute WHERE learner_id = $1`, [learnerId]);
  await db.query(`DELETE FROM flag WHERE learner_id = $1`, [learnerId]);
};
