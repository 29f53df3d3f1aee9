import type { DataSource, EntityManager } from 'typeorm';
import { deriveSessions, sessionRowsOf } from '../tracking/derive.js';
import { refusalsIn } from '../tracking/derived.queries.js';
import { differentRows, type DifferentRow } from './compare.queries.js';
import { percentOf, type Key, type Part } from './part.js';

const REFUSAL = 'session_id, credential, item, seq, code, detail, learner_id, edition_id, derived';

/** Of the sessions in $2; what an ingest refused under the same number stands for the derived one. */
const tables = [
  {
    table: 'session_record',
    columns: 'session_id, site_id, edition_id, kind, started_at, dated_by, day, played_ms, head_count',
    expected: `SELECT * FROM json_populate_recordset(NULL::session_record, $1)`,
    of: 'records',
  },
  {
    table: 'session_audience',
    columns: 'session_id, learner_id, edition_id, grade, watched',
    expected: `SELECT * FROM json_populate_recordset(NULL::session_audience, $1)`,
    of: 'audience',
  },
  {
    table: 'session_minutes',
    columns: 'session_id, learner_id, day, edition_id, site_id, grade, played, claimed',
    expected: `SELECT * FROM json_populate_recordset(NULL::session_minutes, $1)`,
    of: 'minutes',
  },
  {
    table: 'tracking_refusal',
    columns: REFUSAL,
    expected: `SELECT * FROM (${refusalsIn('$1')}) refused WHERE NOT EXISTS (
      SELECT FROM tracking_refusal told WHERE NOT told.derived AND told.session_id = refused.session_id
        AND told.credential = refused.credential AND told.item = refused.item AND told.seq = refused.seq
        AND told.code = refused.code)`,
    where: 'session_id = ANY($2::uuid[]) AND derived',
    of: 'refusals',
  },
] as const;

const idsOf = (keys: readonly Key[]): string[] => keys.flatMap(([id]) => id ?? []);

async function differences(db: EntityManager, keys: readonly Key[]): Promise<DifferentRow[]> {
  const ids = idsOf(keys);
  const rows = await sessionRowsOf(db, ids);
  const found: DifferentRow[] = [];
  for (const { of, ...comparison } of tables) {
    const compared = { key: 'session_id::text', where: 'session_id = ANY($2::uuid[])', ...comparison };
    found.push(...(await differentRows(db, compared, [JSON.stringify(rows[of]), ids])));
  }
  return found;
}

const keysIn = async (db: EntityManager, query: string, parameters: readonly unknown[]): Promise<Key[]> =>
  (await db.query<{ id: string }[]>(query, [...parameters])).map(({ id }) => [id]);

/** With those of which something stands although the ledger does not know them. */
const after = (db: EntityManager, key: Key | null, limit: number): Promise<Key[]> =>
  keysIn(
    db,
    `SELECT id FROM (
       (SELECT id FROM tracking_session WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2)
       UNION (SELECT session_id FROM session_record WHERE $1::uuid IS NULL OR session_id > $1 ORDER BY session_id LIMIT $2)
       UNION (SELECT DISTINCT session_id FROM session_audience WHERE $1::uuid IS NULL OR session_id > $1
              ORDER BY session_id LIMIT $2)
       UNION (SELECT DISTINCT session_id FROM session_minutes WHERE $1::uuid IS NULL OR session_id > $1
              ORDER BY session_id LIMIT $2)
     ) known ORDER BY id LIMIT $2`,
    [key?.[0] ?? null, limit],
  );

const sample = async (db: EntityManager, about: number): Promise<Key[]> =>
  keysIn(
    db,
    `(SELECT id FROM tracking_session TABLESAMPLE SYSTEM ($1) LIMIT $3)
     UNION (SELECT session_id FROM session_record TABLESAMPLE SYSTEM ($2) LIMIT $3)`,
    [await percentOf(db, 'tracking_session', about), await percentOf(db, 'session_record', about), about],
  );

/** What follows from single sessions of the ledger. */
export const sessions: Part = {
  kind: 'session',
  atOnce: 50,
  after,
  sample,
  waiting: (db, keys) =>
    keysIn(db, `SELECT DISTINCT session_id AS id FROM tracking_dirty WHERE session_id = ANY($1::uuid[])`, [
      idsOf(keys),
    ]),
  differences,
  write: (database: DataSource, keys) => database.transaction((db) => deriveSessions(db, idsOf(keys))),
};
