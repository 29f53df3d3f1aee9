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
