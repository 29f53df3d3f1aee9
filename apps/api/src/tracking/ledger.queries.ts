import { labelOf, type PresenceRow, type SpanRow } from '#libs/database';
import type { Presence, Span } from '#libs/domain';
import type { IngestPool } from './ingest-pool.js';
import type { Desk } from './admission.js';
import { batchKey, type LedgerBatch, type LedgerSession, noEntries, type Parcel } from './ledger.js';
import { namedIn } from './named.js';

/**
 * All that bears on a group of parcels, in one statement: each round trip costs every batch of the group. Spans and batches
 * are looked up one by one by their key: each session lies in one part of the ledger, and a join, planned while the table
 * was small, would read all of it for as long as the plan is kept.
 */
const readWith = (presences: string) => `
  SELECT (SELECT json_agg(json_build_array(id, duration_ms)) FROM edition WHERE id = ANY($1::uuid[])) AS editions,
         (SELECT json_agg(json_build_array(learner_id, sites)) FROM (
            SELECT learner_id, json_agg(site_id ORDER BY to_date IS NOT NULL, from_date, site_id) AS sites
            FROM roster_entry WHERE learner_id = ANY($2::uuid[]) GROUP BY learner_id) entry) AS rosters,
         (SELECT json_agg(json_build_array(id, site_id)) FROM device WHERE id = ANY($3::uuid[])) AS devices,
         (SELECT json_agg(session) FROM tracking_session session WHERE id = ANY($4::uuid[])) AS sessions,
         (SELECT json_agg(span) FROM unnest($4::uuid[]) AS asked (no),
               LATERAL (SELECT * FROM tracking_span WHERE session_id = no OFFSET 0) span) AS spans,
         (SELECT json_agg(json_build_object('credential', credential, 'id', id, 'answer', answer,
                                            'content_hash', encode(content_hash, 'hex')))
          FROM unnest($5::text[], $6::uuid[]) AS asked (by, no),
               LATERAL (SELECT * FROM tracking_batch WHERE credential = by AND id = no LIMIT 1) known) AS batches,
         (SELECT json_agg(id) FROM learner WHERE id = ANY($7::uuid[])) AS erased,
         ${presences} AS presences`;

const PRESENCES = `(SELECT json_agg(presence) FROM unnest($4::uuid[]) AS asked (no),
                          LATERAL (SELECT * FROM tracking_presence WHERE session_id = no OFFSET 0) presence)`;

/** What came before of presences bears only on presences, and most groups bring none. */
const READ = { name: 'open-desk', text: readWith('NULL::json') };
const READ_WITH_PRESENCES = { name: 'open-desk-with-presences', text: readWith(PRESENCES) };

interface Row {
  readonly editions: [string, number | null][] | null;
  readonly rosters: [string, string[]][] | null;
  readonly devices: [string, string][] | null;
  readonly sessions: LedgerSession[] | null;
  readonly spans: Omit<SpanRow, 'received_at'>[] | null;
  readonly presences: PresenceRow[] | null;
  readonly batches: LedgerBatch[] | null;
  readonly erased: string[] | null;
}

/** What is known of the editions, learners, devices and sessions that the parcels name, and of the parcels themselves. */
export async function openDesk(pool: IngestPool, parcels: readonly Parcel[]): Promise<Desk> {
  const heads = parcels.flatMap(({ batch }) => batch.sessions.flatMap(({ head }) => head ?? []));
  const learners = parcels.flatMap(namedIn);
  const labels = unique(learners.map(labelOf));
  const hasPresences = parcels.some(({ batch }) => batch.sessions.some(({ presences }) => presences.length > 0));
  const [row] = await pool.run<[Row]>(hasPresences ? READ_WITH_PRESENCES : READ, [
    unique(heads.map(({ editionId }) => editionId)),
    unique([...learners, ...labels]),
    unique(parcels.flatMap(({ reporter }) => reporter.deviceId ?? [])),
    unique(heads.map(({ id }) => id)),
    parcels.map(({ reporter }) => reporter.credential),
    parcels.map(({ batch }) => batch.id),
    labels,
  ]);
  return {
    around: {
      editions: new Map(row.editions),
      rosters: new Map(row.rosters),
      siteOfDevice: new Map(row.devices),
      erased: new Set(row.erased),
    },
    ledger: {
      sessions: new Map(row.sessions?.map((session) => [session.id, session])),
      spans: grouped(row.spans ?? [], spanOf),
      presences: grouped(row.presences ?? [], presenceOf),
      batches: new Map(row.batches?.map((batch) => [batchKey(batch), batch])),
    },
    entries: noEntries(),
  };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

function grouped<Row extends { session_id: string }, Item>(rows: readonly Row[], toItem: (row: Row) => Item) {
  const groups = new Map<string, Item[]>();
  for (const row of rows) {
    const group = groups.get(row.session_id);
    if (group) group.push(toItem(row));
    else groups.set(row.session_id, [toItem(row)]);
  }
  return groups;
}

const spanOf = (row: Omit<SpanRow, 'received_at'>): Span => ({
  seq: row.seq,
  fromMs: row.from_ms,
  toMs: row.to_ms,
  rate: row.rate_thousandths / 1000,
  clockFromMs: row.clock_from_ms,
  clockToMs: row.clock_to_ms,
});

const presenceOf = (row: PresenceRow): Presence => ({
  seq: row.seq,
  learnerId: row.learner_id,
  clockFromMs: row.clock_from_ms,
  clockToMs: row.clock_to_ms,
  grade: row.grade,
});
