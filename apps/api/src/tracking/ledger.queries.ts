import { presenceOf, presenceRows, spanOf, spanRows } from '#libs/database';
import type { EntityManager } from 'typeorm';
import { batchKey, type Ledger, type LedgerBatch, type LedgerSession, type Parcel } from './ledger.js';
import type { Surroundings } from './reporter.js';

/** What is known of the editions, learners and devices that the parcels name. */
export async function surroundings(db: EntityManager, parcels: readonly Parcel[]): Promise<Surroundings> {
  const sessions = parcels.flatMap(({ batch }) => batch.sessions);
  const heads = sessions.flatMap(({ head }) => (head ? [head] : []));
  const named = [
    ...heads.flatMap(({ learnerId }) => learnerId ?? []),
    ...sessions.flatMap(({ presences }) => presences.map(({ learnerId }) => learnerId)),
    ...parcels.flatMap(({ reporter }) => reporter.learnerId ?? []),
  ];
  const [row] = await db.query<
    [{ editions: [string, number | null][]; rosters: [string, string[]][]; devices: [string, string][] }]
  >(
    `SELECT (SELECT coalesce(json_agg(json_build_array(id, duration_ms)), '[]') FROM edition WHERE id = ANY($1::uuid[])) AS editions,
            (SELECT coalesce(json_agg(json_build_array(learner_id, sites)), '[]') FROM (
               SELECT learner_id, json_agg(site_id ORDER BY to_date IS NOT NULL, from_date, site_id) AS sites
               FROM roster_entry WHERE learner_id = ANY($2::uuid[]) GROUP BY learner_id) entries) AS rosters,
            (SELECT coalesce(json_agg(json_build_array(id, site_id)), '[]') FROM device WHERE id = ANY($3::uuid[])) AS devices`,
    [
      [...new Set(heads.map(({ editionId }) => editionId))],
      [...new Set(named)],
      [...new Set(parcels.flatMap(({ reporter }) => reporter.deviceId ?? []))],
    ],
  );
  return { editions: new Map(row.editions), rosters: new Map(row.rosters), siteOfDevice: new Map(row.devices) };
}

/** Opens the sessions that are new, locks them all, and reads what the ledger holds of them. */
export async function openLedger(
  db: EntityManager,
  opened: readonly LedgerSession[],
  parcels: readonly Parcel[],
): Promise<Ledger> {
  await db.query(
    `INSERT INTO tracking_session SELECT * FROM json_populate_recordset(NULL::tracking_session, $1) ORDER BY id
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(opened)],
  );
  const named = parcels.flatMap(({ batch }) => batch.sessions.flatMap(({ head }) => head?.id ?? []));
  const sessions = await db.query<LedgerSession[]>(
    `SELECT *, clock_at_start_ms::float8, first_clock_to_ms::float8, sent_clock_ms::float8
     FROM tracking_session WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [named],
  );
  const ids = sessions.map(({ id }) => id);
  return {
    sessions: new Map(sessions.map((session) => [session.id, session])),
    spans: grouped(await spanRows(db, ids), spanOf),
    presences: grouped(await presenceRows(db, ids), presenceOf),
    batches: await knownBatches(db, parcels),
  };
}

function grouped<Row extends { session_id: string }, Item>(rows: readonly Row[], toItem: (row: Row) => Item) {
  const groups = new Map<string, Item[]>();
  for (const row of rows) groups.set(row.session_id, [...(groups.get(row.session_id) ?? []), toItem(row)]);
  return groups;
}

async function knownBatches(db: EntityManager, parcels: readonly Parcel[]): Promise<Map<string, LedgerBatch>> {
  const rows = await db.query<LedgerBatch[]>(
    `SELECT credential, id, encode(content_hash, 'hex') AS content_hash, answer FROM tracking_batch
     WHERE (credential, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))`,
    [parcels.map(({ reporter }) => reporter.credential), parcels.map(({ batch }) => batch.id)],
  );
  return new Map(rows.map((row) => [batchKey(row), row]));
}
