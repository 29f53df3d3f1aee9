import type { EntityManager } from 'typeorm';

/** One link of the chain, as it is stored. */
export interface AuditRow {
  readonly seq: number;
  /** Hash of the row before. */
  readonly previous: Buffer;
  /** Canonical JSON. */
  readonly content: string;
  readonly hash: Buffer;
}

const LOCK = 76_102;

/** Whoever adds to the chain waits here until the one before has committed or gone back. */
export const lockAudit = async (db: EntityManager): Promise<void> => {
  await db.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
};

/** The end of the chain, if it has begun, and the time of the database. */
export const headOfAudit = async (
  db: EntityManager,
): Promise<{ seq: number | null; hash: Buffer | null; now: Date }> => {
  const [row] = await db.query<[{ seq: number | null; hash: Buffer | null; now: Date }]>(
    `SELECT seq::float8, hash, clock_timestamp() AS now
     FROM (SELECT) AS nothing LEFT JOIN (SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1) AS head ON true`,
  );
  return row;
};

export const insertAudit = async (db: EntityManager, { seq, previous, content, hash }: AuditRow): Promise<void> => {
  await db.query(`INSERT INTO audit_entry (seq, previous, content, hash) VALUES ($1, $2, $3, $4)`, [
    seq,
    previous,
    content,
    hash,
  ]);
};

/** The next `limit` links, in order. */
export const auditAfter = (db: EntityManager, seq: number, limit: number): Promise<AuditRow[]> =>
  db.query(
    `SELECT seq::float8, previous, content, hash FROM audit_entry WHERE seq > $1 ORDER BY audit_entry.seq LIMIT $2`,
    [seq, limit],
  );
