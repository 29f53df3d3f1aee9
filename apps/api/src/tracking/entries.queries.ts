import { thousandths } from '#libs/domain';
import type { IngestPool } from './ingest-pool.js';
import type { Entries, LedgerPresence, LedgerSpan } from './ledger.js';

type Key = readonly (number | string)[];

/** One row a thing that grows: the largest of its versions in this group; in one order everywhere. */
function largest<Entry>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => Key,
  sizeOf: (entry: Entry) => Key,
): Entry[] {
  const sorted = entries
    .map((entry) => ({ entry, key: keyOf(entry), size: sizeOf(entry) }))
    .sort((a, b) => compare(a.key, b.key) || compare(b.size, a.size));
  return sorted
    .filter(({ key }, index) => index === 0 || compare(sorted[index - 1]?.key ?? [], key) !== 0)
    .map(({ entry }) => entry);
}

function compare(a: Key, b: Key): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? left;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const keyOfSpan = ({ session_id, span }: LedgerSpan): Key => [
  session_id,
  span.seq,
  span.clockFromMs,
  span.fromMs,
  thousandths(span.rate),
];
const sizeOfSpan = ({ span }: LedgerSpan): Key => [span.clockToMs, span.toMs];
const keyOfPresence = ({ session_id, presence }: LedgerPresence): Key => [
  session_id,
  presence.seq,
  presence.clockFromMs,
  presence.learnerId,
  presence.grade,
];
const sizeOfPresence = ({ presence }: LedgerPresence): Key => [presence.clockToMs ?? 0];

/** A column as an array literal of PostgreSQL: of numbers, ids and instants, none of which needs a quote. */
const column = <Row>(rows: readonly Row[], valueOf: (row: Row) => number | string): string =>
  `{${rows.map(valueOf).join(',')}}`;

/** Column by column: as JSON, thousands of rows would cost more than to write them. */
function spanColumns(entries: readonly LedgerSpan[]): string[] {
  const rows = largest(entries, keyOfSpan, sizeOfSpan);
  return [
    column(rows, ({ session_id }) => session_id),
    column(rows, ({ span }) => span.seq),
    column(rows, ({ span }) => span.clockFromMs),
    column(rows, ({ span }) => span.fromMs),
    column(rows, ({ span }) => thousandths(span.rate)),
    column(rows, ({ span }) => span.clockToMs),
    column(rows, ({ span }) => span.toMs),
    column(rows, ({ receivedMs }) => receivedMs),
  ];
}

const presenceRow = ({ session_id, presence }: LedgerPresence) => ({
  session_id,
  seq: presence.seq,
  clock_from_ms: presence.clockFromMs,
  learner_id: presence.learnerId,
  grade: presence.grade,
  clock_to_ms: presence.clockToMs,
});

/**
 * One statement, and so one commit. Sessions that exist are locked first and in order, so that no two processes wait for
 * each other in a circle. Rows grow by upsert to the largest version; the first receipt of a version stays. That a new
 * session or batch is there already fails the whole: somebody was faster, and it is judged again. Where somebody named has
 * been erased since, or a session folded, nothing is written.
 */
const WRITE = {
  name: 'write-entries',
  text: `
  WITH locked AS (
    SELECT id, folded_at FROM tracking_session WHERE id = ANY($6::uuid[]) ORDER BY id FOR NO KEY UPDATE
  ), gate AS (
    SELECT count(folded_at) = 0 AND NOT EXISTS (SELECT FROM learner WHERE id = ANY($9::uuid[])) AS open FROM locked
  ), opened AS (
    INSERT INTO tracking_session SELECT * FROM json_populate_recordset(NULL::tracking_session, $1)
    WHERE (SELECT open FROM gate) ORDER BY id
  ), sessions AS (
    UPDATE tracking_session known SET
      (head_count, head_count_batch) = (SELECT CASE WHEN later THEN told.head_count ELSE known.head_count END,
        CASE WHEN later THEN told.head_count_batch ELSE known.head_count_batch END
        FROM (SELECT told.head_count_batch IS NOT NULL
                AND (known.head_count_batch IS NULL OR told.head_count_batch > known.head_count_batch) AS later) heads),
      (note, note_batch) = (SELECT CASE WHEN later THEN told.note ELSE known.note END,
        CASE WHEN later THEN told.note_batch ELSE known.note_batch END
        FROM (SELECT told.note_batch IS NOT NULL
                AND (known.note_batch IS NULL OR told.note_batch > known.note_batch) AS later) notes),
      (boot_id, clock_at_start_ms, claimed_start, sent_clock_ms, sent_received_at) = (SELECT start.*
        FROM (VALUES
          (known.boot_id, known.clock_at_start_ms, known.claimed_start, known.sent_clock_ms, known.sent_received_at),
          (told.boot_id, told.clock_at_start_ms, told.claimed_start, told.sent_clock_ms, told.sent_received_at)
        ) start (boot_id, clock_ms, claim, sent_clock_ms, sent_received_at)
        ORDER BY boot_id, clock_ms, claim, abs(sent_clock_ms - clock_ms), sent_clock_ms, sent_received_at LIMIT 1)
    FROM json_populate_recordset(NULL::tracking_session, $2) told
    WHERE known.id = told.id AND (SELECT open FROM gate)
  ), spans AS (
    INSERT INTO tracking_span AS known
      (session_id, seq, clock_from_ms, from_ms, rate_thousandths, clock_to_ms, to_ms, received_at)
    SELECT session_id, seq, clock_from_ms, from_ms, rate, clock_to_ms, to_ms, to_timestamp(received_ms / 1000.0)
    FROM unnest($3::uuid[], $10::int[], $11::bigint[], $12::int[], $13::int[], $14::bigint[], $15::int[], $16::bigint[])
      AS span (session_id, seq, clock_from_ms, from_ms, rate, clock_to_ms, to_ms, received_ms)
    WHERE (SELECT open FROM gate)
    ON CONFLICT (session_id, seq, clock_from_ms, from_ms, rate_thousandths) DO UPDATE
    SET clock_to_ms = excluded.clock_to_ms, to_ms = excluded.to_ms, received_at = excluded.received_at
    WHERE (excluded.clock_to_ms, excluded.to_ms) > (known.clock_to_ms, known.to_ms)
  ), presences AS (
    INSERT INTO tracking_presence AS known SELECT * FROM json_populate_recordset(NULL::tracking_presence, $4)
    WHERE (SELECT open FROM gate)
    ON CONFLICT (session_id, seq, clock_from_ms, learner_id, grade) DO UPDATE SET clock_to_ms = excluded.clock_to_ms
    WHERE coalesce(excluded.clock_to_ms, 0) > coalesce(known.clock_to_ms, 0)
  ), refusals AS (
    INSERT INTO tracking_refusal AS known (session_id, credential, item, seq, code, detail, learner_id, edition_id)
    SELECT DISTINCT ON (session_id, credential, item, seq, code)
           session_id, credential, item, seq, code, detail, learner_id, edition_id
    FROM json_populate_recordset(NULL::tracking_refusal, $5) WHERE (SELECT open FROM gate)
    ORDER BY session_id, credential, item, seq, code, detail
    ON CONFLICT (session_id, credential, item, seq, code) DO UPDATE SET detail = excluded.detail
    WHERE excluded.detail < known.detail
  ), anchors AS (
    INSERT INTO tracking_anchor SELECT DISTINCT * FROM json_populate_recordset(NULL::tracking_anchor, $7)
    WHERE (SELECT open FROM gate) ORDER BY credential, boot_id, clock_ms, server_time
    ON CONFLICT DO NOTHING RETURNING credential, boot_id
  ), dirty AS (
    INSERT INTO tracking_dirty (session_id) SELECT unnest($6::uuid[]) WHERE (SELECT open FROM gate)
    UNION SELECT id FROM tracking_session WHERE (credential, boot_id) IN (SELECT credential, boot_id FROM anchors)
  )
  INSERT INTO tracking_batch (credential, id, device_id, content_hash, answer, received_at)
  SELECT credential, id, device_id, decode(content_hash, 'hex'), answer, received_at
  FROM json_to_recordset($8) AS batch(credential text, id uuid, device_id text, content_hash text, answer json, received_at timestamptz)
  WHERE (SELECT open FROM gate) ORDER BY credential, id RETURNING id`,
};

/** Writes a group: all of it or nothing. False when somebody in it was erased, or a session folded, since it was judged. */
export async function writeEntries(pool: IngestPool, entries: Entries): Promise<boolean> {
  const [spanSessions, ...spanValues] = spanColumns(entries.spans);
  const written = await pool.run<{ id: string }[]>(WRITE, [
    JSON.stringify([...entries.opened.values()]),
    JSON.stringify([...entries.sessions.values()]),
    spanSessions,
    JSON.stringify(largest(entries.presences, keyOfPresence, sizeOfPresence).map(presenceRow)),
    JSON.stringify(entries.refusals),
    [...entries.dirty],
    JSON.stringify(entries.anchors),
    JSON.stringify(entries.batches),
    [...entries.present],
    ...spanValues,
  ]);
  return written.length > 0;
}
