import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement that PostgreSQL parses and plans once a connection: on the hottest route that is most of its work. */
export async function runPrepared<Rows extends QueryResultRow[]>(
  database: DataSource,
  statement: Statement,
  values: readonly unknown[],
): Promise<Rows> {
  const { master: pool } = database.driver as unknown as { readonly master: Pool };
  const { rows } = await pool.query<Rows[number]>({ ...statement, values: [...values] });
  return rows as Rows;
}
