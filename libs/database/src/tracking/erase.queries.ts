import type { EntityManager } from 'typeorm';
import { labelOf } from './label.js';
import { relabelRulings, SESSIONS_RULED } from './rulings.queries.js';

/** Sessions that a learner watched, was in, or sent: every batch of a credential named its sessions in its answer. */
const SESSIONS = `
  SELECT id FROM tracking_session WHERE learner_id = $1::uuid
  UNION SELECT session_id FROM tracking_attendance WHERE learner_id = $1::uuid
  UNION SELECT session_id FROM (${SESSIONS_RULED}) ruled
  UNION SELECT (result->>'session')::uuid FROM tracking_batch, json_array_elements(answer) result
  WHERE credential = 'learner:' || $1::text`;

export const sessionsNaming = async (db: EntityManager, learnerId: string): Promise<string[]> => {
  const rows = await db.query<{ id: string | null }[]>(SESSIONS, [learnerId]);
  return rows.flatMap(({ id }) => id ?? []);
};

/**
 * Waits until every batch that is being written is in the ledger, and lets none in before the transaction ends: a batch
 * that was judged before an erasure is then judged again.
 */
export const closeLedger = async (db: EntityManager): Promise<void> => {
  await db.query(`LOCK TABLE tracking_batch IN SHARE ROW EXCLUSIVE MODE`);
};

const RELABELLED = `learner_id = CASE learner_id WHEN $1::uuid THEN $2::uuid ELSE learner_id END,
  credential = CASE credential WHEN 'learner:' || $1::text THEN 'learner:' || $2::text ELSE credential END`;

/** In the closed ledger, a learner goes by their label from now on; what is derived follows when it is next caught up. */
export const relabelLedger = async (db: EntityManager, learnerId: string): Promise<void> => {
  const sessions = await sessionsNaming(db, learnerId);
  const who = [learnerId, labelOf(learnerId)];
  await db.query(
    `UPDATE tracking_session SET ${RELABELLED}, note = CASE learner_id WHEN $1::uuid THEN NULL ELSE note END
     WHERE id = ANY($3::uuid[])`,
    [...who, sessions],
  );
  await db.query(`UPDATE tracking_presence SET learner_id = $2 WHERE learner_id = $1`, who);
  await relabelRulings(db, learnerId, labelOf(learnerId));
  await db.query(`UPDATE tracking_fold SET learner_id = $2 WHERE learner_id = $1`, who);
  await db.query(`UPDATE tracking_refusal SET ${RELABELLED} WHERE session_id = ANY($3::uuid[])`, [...who, sessions]);
  for (const table of ['tracking_anchor', 'tracking_batch']) {
    await db.query(
      `UPDATE ${table} SET credential = 'learner:' || $2::text WHERE credential = 'learner:' || $1::text`,
      who,
    );
  }
  await db.query(
    `UPDATE held_batch SET content = regexp_replace(content, $1::text, $2::text, 'gi'),
       credential = CASE credential WHEN 'learner:' || $1::text THEN 'learner:' || $2::text ELSE credential END
     WHERE content ILIKE '%' || $1::text || '%' OR credential = 'learner:' || $1::text`,
    who,
  );
  await db.query(`UPDATE tracking_batch SET device_id = '' WHERE credential = 'learner:' || $1::text`, [who[1]]);
  await db.query(`INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session WHERE id = ANY($1::uuid[])`, [
    sessions,
  ]);
};
