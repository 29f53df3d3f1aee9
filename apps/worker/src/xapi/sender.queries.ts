import type { LrsConfig } from '#libs/config';
import type { EntityManager, QueryRunner } from 'typeorm';

const LOCK = 76_003;

/** Takes the one lock of the sender for this connection; false while another worker has it. */
export const takeTurn = async (connection: QueryRunner): Promise<boolean> => {
  const [row] = (await connection.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)) as [{ taken: boolean }];
  return row.taken;
};

export const endTurn = async (connection: QueryRunner): Promise<void> => {
  await connection.query(`SELECT pg_advisory_unlock(${LOCK})`);
};

/** A sender that starts knows nothing of what stopped the one before: the settings may have been mended. */
export const announce = async (db: EntityManager, { endpoint, settleMs }: LrsConfig): Promise<void> => {
  await db.query(
    `INSERT INTO xapi_sender (host, settle_ms) VALUES ($1, $2)
     ON CONFLICT (is_only) DO UPDATE SET host = excluded.host, settle_ms = excluded.settle_ms, seen_at = now(),
       state = 'sending', failures = 0, not_before = now()`,
    [new URL(endpoint).host, settleMs],
  );
};

export const noteSeen = async (db: EntityManager): Promise<void> => {
  await db.query(`UPDATE xapi_sender SET seen_at = now() WHERE seen_at < now() - interval '1 minute'`);
};

export interface Waiting {
  readonly id: string;
  readonly statement: unknown;
}

/** What is next, in the order in which it was told; nothing while the sender waits. */
export const nextStatements = (db: EntityManager, limit: number): Promise<Waiting[]> =>
  db.query(
    `SELECT id, statement FROM xapi_statement
     WHERE refused_at IS NULL AND EXISTS (SELECT FROM xapi_sender WHERE not_before <= now())
     ORDER BY place LIMIT $1`,
    [limit],
  );

/** The store has them: only now do they leave the outbox. */
export const removeSent = async (db: EntityManager, ids: readonly string[]): Promise<void> => {
  await db.query(
    `WITH gone AS (DELETE FROM xapi_statement WHERE id = ANY($1::uuid[]) RETURNING id)
     UPDATE xapi_sender SET sent = sent + (SELECT count(*) FROM gone), sent_at = now(), state = 'sending', status = NULL,
       failures = 0`,
    [ids],
  );
};

/** What the store will never take is set aside, and holds up nothing behind it. */
export const setAside = async (db: EntityManager, id: string, status: number, detail: string): Promise<void> => {
  await db.query(`UPDATE xapi_statement SET refused_at = now(), status = $2, detail = $3 WHERE id = $1`, [
    id,
    status,
    detail,
  ]);
};

export const failuresOf = async (db: EntityManager): Promise<number> => {
  const [row] = await db.query<{ failures: number }[]>(`SELECT failures FROM xapi_sender`);
  return row?.failures ?? 0;
};

export const rest = async (
  db: EntityManager,
  state: 'waiting' | 'stopped',
  status: number,
  restMs: number,
): Promise<void> => {
  await db.query(
    `UPDATE xapi_sender SET state = $1, status = $2, failures = failures + 1,
       not_before = now() + $3 * interval '1 millisecond'`,
    [state, status, restMs],
  );
};
