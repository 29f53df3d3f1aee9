import type { DataSource, EntityManager } from 'typeorm';
import type { Disagreement } from '../entities/index.js';
import type { DifferentRow } from './compare.queries.js';

/** What names a thing of which something is derived: ids, and a day. */
export type Key = readonly string[];

/** One level of what is derived, compared with what follows from the level below: equal on all levels, equal to the ledger. */
export interface Part {
  readonly kind: Disagreement['kind'];
  /** So many at a time: what they are derived from stands in memory. */
  readonly atOnce: number;
  /** The next in order; from the first without `after`. */
  readonly after: (db: EntityManager, after: Key | null, limit: number) => Promise<Key[]>;
  /** About so many, anywhere. */
  readonly sample: (db: EntityManager, about: number) => Promise<Key[]>;
  /** Those that are waiting to be derived: nobody says that they are right. */
  readonly waiting: (db: EntityManager, keys: readonly Key[]) => Promise<readonly Key[]>;
  readonly differences: (db: EntityManager, keys: readonly Key[]) => Promise<DifferentRow[]>;
  /** Puts what follows in place of what stands. */
  readonly write: (database: DataSource, keys: readonly Key[]) => Promise<void>;
}

/** Days of a site or a unit, whose ids stand in a column of that name, as keys and back. */
export const daysBy = <Column extends 'site_id' | 'unit_id'>(column: Column) => {
  type Day = Record<Column, string> & { readonly day: string };
  return {
    daysOf: (keys: readonly Key[]): Day[] =>
      keys.flatMap(([id, day]) => (id && day ? [{ [column]: id, day } as Day] : [])),
    keysIn: async (db: EntityManager, query: string, parameters: readonly unknown[]): Promise<Key[]> =>
      (await db.query<Day[]>(query, [...parameters])).map((row) => [row[column], row.day]),
    /** What of their totals is compared. */
    comparison: (table: 'site_day' | 'unit_day', expected: string) => ({
      table,
      columns: `${column}, day, edition_id, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms, credit_ms,
        completions`,
      key: `${column} || ' ' || day`,
      expected,
      where: `(${column}, day) IN (SELECT ${column}, day FROM json_populate_recordset(NULL::${table}, $1))`,
    }),
  };
};

export const wordOf = (key: Key): string => key.join(' ');
export const keyOfWord = (word: string): Key => word.split(' ');

/** Share of a table in per cent that has about so many rows; all of a small one. */
export const percentOf = async (db: EntityManager, table: string, about: number): Promise<number> => {
  const [row] = await db.query<[{ rows: number }]>(
    `SELECT coalesce(sum(reltuples) FILTER (WHERE reltuples > 0), 0)::float8 AS rows FROM pg_class
     WHERE relkind = 'r' AND (oid = $1::text::regclass
       OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = $1::text::regclass))`,
    [table],
  );
  return Math.min(100, (100 * about) / Math.max(1, row.rows));
};
