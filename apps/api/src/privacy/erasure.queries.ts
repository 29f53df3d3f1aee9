import type { ErasurePreview } from '#libs/contracts';
import { labelOf } from '#libs/database';
import type { EntityManager } from 'typeorm';

const countOf = (table: string, where = 'learner_id = $1') => `(SELECT count(*)::int FROM ${table} WHERE ${where})`;

/** Undefined when there is no such learner (any more). */
export const erasurePreview = async (
  db: EntityManager,
  learnerId: string,
  sessions: number,
): Promise<ErasurePreview | undefined> => {
  const rows = await db.query<(ErasurePreview['goes'] & { name: string; code: string })[]>(
    `SELECT name, code, card_hash IS NOT NULL AS card, pin_hash IS NOT NULL AS pin,
            coalesce((SELECT CASE WHEN EXISTS (SELECT FROM account_role WHERE account_id = account.id)
                                  THEN 'unlinked' ELSE 'deleted' END FROM account WHERE learner_id = $1), 'none') AS account,
            ${countOf('roster_entry', 'learner_id = $1 AND to_date IS NULL')} AS rosters,
            ${countOf('selection')} AS selections,
            ${countOf('sign_in', 'learner_id = $1 OR account_id IN (SELECT id FROM account WHERE learner_id = $1)')} AS "signIns",
            ${countOf('outbox_token')} AS "outboxTokens",
            (SELECT count(DISTINCT lecture_id)::int FROM learner_credit JOIN edition ON edition.id = edition_id
             WHERE learner_id = $1) AS "lecturesInRecord"
     FROM learner WHERE id = $1 AND erased_at IS NULL`,
    [learnerId],
  );
  return rows.map(({ name, code, ...goes }) => ({ name, code, goes, stays: { sessions } }))[0];
};

/** False when there is no such learner (any more). */
export const lockLearner = async (db: EntityManager, learnerId: string): Promise<boolean> => {
  const rows = await db.query<unknown[]>(`SELECT FROM learner WHERE id = $1 AND erased_at IS NULL FOR UPDATE`, [
    learnerId,
  ]);
  return rows.length > 0;
};

/**
 * Puts a tombstone in place of a learner: neither name nor code, and at which sites they were, so that what comes late can
 * count there. Sign-ins, outbox tokens and selections go with the learner, and an account that holds no role.
 */
export const buryLearner = async (db: EntityManager, learnerId: string): Promise<void> => {
  const who = [learnerId, labelOf(learnerId)];
  await db.query(`INSERT INTO learner (id, name, code, erased_at) VALUES ($1::uuid, '', $1::text, now())`, [who[1]]);
  await db.query(
    `UPDATE roster_entry SET learner_id = $2, to_date = coalesce(to_date, CURRENT_DATE), card_check = NULL, card_check_of = NULL
     WHERE learner_id = $1`,
    who,
  );
  await db.query(`UPDATE hall_minutes SET speakers = array_remove(speakers, $1) WHERE $1 = ANY(speakers)`, [learnerId]);
  await db.query(`DELETE FROM sign_in WHERE account_id IN (SELECT id FROM account WHERE learner_id = $1)`, [learnerId]);
  await db.query(
    `DELETE FROM account WHERE learner_id = $1 AND NOT EXISTS (SELECT FROM account_role WHERE account_id = account.id)`,
    [learnerId],
  );
  await db.query(`DELETE FROM learner WHERE id = $1`, [learnerId]);
};
