import type { EntityManager } from 'typeorm';
import { WINDOW_MINUTES } from '../http/attempts.queries.js';

/** Forgets what no longer counts: failures, sessions, outbox tokens and pairing codes whose time is over. */
export const forgetExpired = async (db: EntityManager): Promise<void> => {
  await db.query(`DELETE FROM sign_in_failure WHERE failed_at < now() - make_interval(mins => $1)`, [WINDOW_MINUTES]);
  await db.query(`DELETE FROM sign_in WHERE expires_at < now()`);
  await db.query(`DELETE FROM outbox_token WHERE expires_at < now()`);
  await db.query(`DELETE FROM pairing_code WHERE expires_at < now()`);
};
