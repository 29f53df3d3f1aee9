import type { EntityManager } from 'typeorm';

/** A derived row that stands and should not, or should and does not. A row that is wrong is both. */
export interface DifferentRow {
  readonly key: string;
  readonly table: string;
  readonly stands: boolean;
  readonly row: Readonly<Record<string, unknown>>;
}

export interface Comparison {
  readonly table: string;
  readonly columns: string;
  /** SQL of what names the thing to which a row belongs. */
  readonly key: string;
  /** A query whose rows follow from what lies below. */
  readonly expected: string;
  /** Which rows of the table are meant. */
  readonly where: string;
}

/** Compared in the database, type by type. */
export const differentRows = (
  db: EntityManager,
  { table, columns, key, expected, where }: Comparison,
  parameters: readonly unknown[],
): Promise<DifferentRow[]> =>
  db.query(
    `WITH expected_rows AS (SELECT ${columns} FROM (${expected}) expected_row),
          standing_rows AS (SELECT ${columns} FROM ${table} WHERE ${where})
     SELECT ${key} AS key, '${table}' AS "table", true AS stands, to_json(wrong) AS row
     FROM (SELECT * FROM standing_rows EXCEPT SELECT * FROM expected_rows) wrong
     UNION ALL
     SELECT ${key}, '${table}', false, to_json(missing)
     FROM (SELECT * FROM expected_rows EXCEPT SELECT * FROM standing_rows) missing`,
    [...parameters],
  );
