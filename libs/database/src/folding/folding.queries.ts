import type { EntityManager } from 'typeorm';
import type { Folded } from '../tracking/evidence.queries.js';

/** As long after its last receipt nothing is folded: what a device sends in pieces comes whole. */
const QUIET_DAYS = 30;

/**
 * For each unit, how long detail is kept: the longest that it or a unit above asks for (null: for ever). So a unit may keep
 * what it answers for longer, and nobody below shortens what is asked for above. `set_by` is the nearest that asks for it.
 */
export const RETENTION = `
  SELECT DISTINCT ON (above.unit_id) above.unit_id, retention.unit_id AS set_by, retention.months
  FROM retention JOIN unit_above above ON above.above_id = retention.unit_id
  ORDER BY above.unit_id, retention.months DESC NULLS FIRST,
    (SELECT count(*) FROM unit_above height WHERE height.unit_id = retention.unit_id) DESC`;

/** What was watched at no site belongs to no unit below the root: every root must have said, else it stays. */
const RETENTION_AT_NO_SITE = `
  SELECT CASE WHEN bool_and(retention.months IS NOT NULL) THEN max(retention.months) END AS months
  FROM unit root LEFT JOIN retention ON retention.unit_id = root.id
  WHERE NOT EXISTS (SELECT FROM unit_above above WHERE above.unit_id = root.id AND above.above_id <> root.id)`;

/** Sessions whose detail has been kept as long as is wanted, in order of their ids. */
export const sessionsToFold = async (db: EntityManager, after: string | null, limit: number): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT session.id FROM (
       SELECT session.*, kept.months FROM tracking_session session JOIN site ON site.id = session.site_id
       JOIN (${RETENTION}) kept ON kept.unit_id = site.unit_id
       UNION ALL
       SELECT session.*, kept.months FROM tracking_session session, (${RETENTION_AT_NO_SITE}) kept
       WHERE session.site_id IS NULL
     ) session
     WHERE folded_at IS NULL AND months IS NOT NULL AND ($1::uuid IS NULL OR session.id > $1)
       AND first_received_at < now() - least(months, 1200) * interval '1 month'
       AND NOT EXISTS (SELECT FROM tracking_span span WHERE span.session_id = session.id
                       AND span.received_at > now() - interval '${QUIET_DAYS} days')
       AND NOT EXISTS (SELECT FROM tracking_dirty WHERE session_id = session.id)
       AND NOT EXISTS (SELECT FROM tracking_claim WHERE session_id = session.id AND state = 'pending')
       AND NOT EXISTS (SELECT FROM dispute WHERE session_id = session.id AND answered_at IS NULL)
     ORDER BY session.id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
};

/** Whose clock dated a session. */
export interface Boot {
  readonly credential: string;
  readonly boot_id: string;
}

/** Holds a session so that nothing is entered meanwhile; whether it still can be folded. */
export const holdSession = async (db: EntityManager, sessionId: string): Promise<Boot | undefined> => {
  const rows = await db.query<Boot[]>(
    `SELECT credential, boot_id FROM tracking_session WHERE id = $1 AND folded_at IS NULL FOR UPDATE`,
    [sessionId],
  );
  const waiting = await db.query<unknown[]>(`SELECT FROM tracking_dirty WHERE session_id = $1 LIMIT 1`, [sessionId]);
  return waiting.length === 0 ? rows[0] : undefined;
};

/** What stays: who sent it is not needed any more, since nothing more is accepted; that it came on paper, or by staff, is. */
export const keepFolded = async (
  db: EntityManager,
  sessionId: string,
  folded: Folded,
  people: readonly object[],
): Promise<void> => {
  await db.query(
    `UPDATE tracking_session SET folded_at = now(), folded = $2,
       credential = CASE WHEN credential LIKE 'paper:%' THEN 'paper:folded'
         WHEN credential LIKE 'account:%' THEN 'account:folded' ELSE 'folded' END WHERE id = $1`,
    [sessionId, JSON.stringify(folded)],
  );
  await db.query(`INSERT INTO tracking_fold SELECT * FROM json_populate_recordset(NULL::tracking_fold, $1)`, [
    JSON.stringify(people),
  ]);
};

export const dropDetail = async (db: EntityManager, sessionId: string): Promise<void> => {
  for (const table of ['tracking_span', 'tracking_presence', 'tracking_refusal']) {
    await db.query(`DELETE FROM ${table} WHERE session_id = $1`, [sessionId]);
  }
};

/**
 * Forgets the answers to batches of a credential all whose sessions are folded: sent again, such a batch is judged anew, and
 * nothing of it is accepted.
 */
export const dropAnswers = async (db: EntityManager, credential: string): Promise<void> => {
  await db.query(
    `DELETE FROM tracking_batch batch
     WHERE credential = $1 AND received_at < now() - interval '${QUIET_DAYS} days' AND NOT EXISTS (
       SELECT FROM json_array_elements(answer) result
       LEFT JOIN tracking_session session ON session.id = (result->>'session')::uuid
       WHERE session.folded_at IS NULL)`,
    [credential],
  );
};

/** Forgets what dated the sessions of boots all of which are folded, and so dated for ever. */
export const dropAnchors = async (db: EntityManager, boots: readonly Boot[]): Promise<void> => {
  await db.query(
    `DELETE FROM tracking_anchor anchor USING (SELECT DISTINCT * FROM json_to_recordset($1)
       AS boot (credential text, boot_id uuid)) boot
     WHERE anchor.credential = boot.credential AND anchor.boot_id = boot.boot_id AND NOT EXISTS (
       SELECT FROM tracking_session session WHERE session.boot_id = boot.boot_id AND session.folded_at IS NULL)`,
    [JSON.stringify(boots)],
  );
};
