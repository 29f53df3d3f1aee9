import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** SQL under a name: PostgreSQL keeps it for as long as a connection lasts, so one name is one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement that PostgreSQL parses and plans once a connection: of short statements, and of all that touch the parts
 * of the ledger, planning is most of the work. Its plan may be one for any values, so it must be good for all of them.
 */
export async function runPrepared<Rows extends QueryResultRow[]>(
  database: DataSource,
  statement: Statement,
  values: readonly unknown[],
): Promise<Rows> {
  const { master: pool } = database.driver as unknown as { readonly master: Pool };
  const { rows } = await pool.query<Rows[number]>({ ...statement, values: [...values] });
  return rows as Rows;
}
