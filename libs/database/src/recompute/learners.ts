import type { EntityManager } from 'typeorm';
import { CREDIT_COLUMNS, pairsReached } from '../tracking/credit.queries.js';
import { creditRows, refreshCredits } from '../tracking/derive.js';
import type { Pair } from '../tracking/derived.queries.js';
import { differentRows } from './compare.queries.js';
import { percentOf, type Key, type Part } from './part.js';

const idsOf = (keys: readonly Key[]): string[] => keys.flatMap(([id]) => id ?? []);

/** Every edition of which these learners have, or should have, something. */
const pairsOf = async (db: EntityManager, keys: readonly Key[]): Promise<Pair[]> => {
  const pairs = await db.query<Pair[]>(
    `SELECT learner_id, edition_id FROM session_audience WHERE learner_id = ANY($1::uuid[])
     UNION SELECT learner_id, edition_id FROM learner_credit WHERE learner_id = ANY($1::uuid[])`,
    [idsOf(keys)],
  );
  return pairsReached(db, pairs);
};

const comparison = {
  table: 'learner_credit',
  columns: CREDIT_COLUMNS,
  key: 'learner_id::text',
  expected: `SELECT * FROM json_populate_recordset(NULL::learner_credit, $1)`,
  where: 'learner_id = ANY($2::uuid[])',
};

const keysIn = async (db: EntityManager, query: string, parameters: readonly unknown[]): Promise<Key[]> =>
  (await db.query<{ learner_id: string }[]>(query, [...parameters])).map(({ learner_id }) => [learner_id]);

/** What learners have of editions, from what single sessions gave them. */
export const learners: Part = {
  kind: 'learner',
  atOnce: 20,
  after: (db, key, limit) =>
    keysIn(
      db,
      `SELECT learner_id FROM (
         (SELECT DISTINCT learner_id FROM session_audience WHERE $1::uuid IS NULL OR learner_id > $1
          ORDER BY learner_id LIMIT $2)
         UNION (SELECT DISTINCT learner_id FROM learner_credit WHERE $1::uuid IS NULL OR learner_id > $1
                ORDER BY learner_id LIMIT $2)
       ) known ORDER BY learner_id LIMIT $2`,
      [key?.[0] ?? null, limit],
    ),
  sample: async (db, about) =>
    keysIn(
      db,
      `(SELECT DISTINCT learner_id FROM session_audience TABLESAMPLE SYSTEM ($1) LIMIT $3)
       UNION (SELECT DISTINCT learner_id FROM learner_credit TABLESAMPLE SYSTEM ($2) LIMIT $3)`,
      [await percentOf(db, 'session_audience', about), await percentOf(db, 'learner_credit', about), about],
    ),
  // A session, its learners' credit and its site's days are derived in one transaction.
  waiting: () => Promise.resolve([]),
  differences: async (db, keys) =>
    differentRows(db, comparison, [JSON.stringify(await creditRows(db, await pairsOf(db, keys))), idsOf(keys)]),
  write: (database, keys) => database.transaction(async (db) => refreshCredits(db, await pairsOf(db, keys))),
};
