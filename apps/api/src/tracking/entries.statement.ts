import type { Statement } from '#libs/database';
import type { Entries } from './ledger.js';

/** What a group may bring, each a part of the statement that writes it; `$a`, `$b` … are its own values. */
const PARTS = {
  opened: `
    INSERT INTO tracking_session SELECT * FROM json_populate_recordset(NULL::tracking_session, $a)
    WHERE (SELECT open FROM gate) ORDER BY id`,
  sessions: `
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
    FROM json_populate_recordset(NULL::tracking_session, $a) told
    WHERE known.id = told.id AND (SELECT open FROM gate)`,
  spans: `
    INSERT INTO tracking_span AS known
      (session_id, seq, clock_from_ms, from_ms, rate_thousandths, clock_to_ms, to_ms, received_at)
    SELECT session_id, seq, clock_from_ms, from_ms, rate, clock_to_ms, to_ms, to_timestamp(received_ms / 1000.0)
    FROM unnest($a::uuid[], $b::int[], $c::bigint[], $d::int[], $e::int[], $f::bigint[], $g::int[], $h::bigint[])
      AS span (session_id, seq, clock_from_ms, from_ms, rate, clock_to_ms, to_ms, received_ms)
    WHERE (SELECT open FROM gate)
    ON CONFLICT (session_id, seq, clock_from_ms, from_ms, rate_thousandths) DO UPDATE
    SET clock_to_ms = excluded.clock_to_ms, to_ms = excluded.to_ms, received_at = excluded.received_at
    WHERE (excluded.clock_to_ms, excluded.to_ms) > (known.clock_to_ms, known.to_ms)`,
  presences: `
    INSERT INTO tracking_presence AS known SELECT * FROM json_populate_recordset(NULL::tracking_presence, $a)
    WHERE (SELECT open FROM gate)
    ON CONFLICT (session_id, seq, clock_from_ms, learner_id, grade) DO UPDATE SET clock_to_ms = excluded.clock_to_ms
    WHERE coalesce(excluded.clock_to_ms, 0) > coalesce(known.clock_to_ms, 0)`,
  refusals: `
    INSERT INTO tracking_refusal AS known (session_id, credential, item, seq, code, detail, learner_id, edition_id)
    SELECT DISTINCT ON (session_id, credential, item, seq, code)
           session_id, credential, item, seq, code, detail, learner_id, edition_id
    FROM json_populate_recordset(NULL::tracking_refusal, $a) WHERE (SELECT open FROM gate)
    ORDER BY session_id, credential, item, seq, code, detail
    ON CONFLICT (session_id, credential, item, seq, code) DO UPDATE SET detail = excluded.detail
    WHERE excluded.detail < known.detail`,
  anchors: `
    INSERT INTO tracking_anchor SELECT DISTINCT * FROM json_populate_recordset(NULL::tracking_anchor, $a)
    WHERE (SELECT open FROM gate) ORDER BY credential, boot_id, clock_ms, server_time
    ON CONFLICT DO NOTHING RETURNING credential, boot_id`,
};
export type Part = keyof typeof PARTS;
/** In the order of their values. */
const parts = Object.keys(PARTS) as Part[];

/**
 * One statement, and so one commit. Sessions that exist are locked first and in order, so that no two processes wait for
 * each other in a circle. Rows grow by upsert to the largest version; the first receipt of a version stays. That a new
 * session or batch is there already fails the whole: somebody was faster, and it is judged again. Where somebody named has
 * been erased since, or a session folded, nothing is written.
 */
const GATE = `
  locked AS (
    SELECT id, folded_at FROM tracking_session WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
  ), gate AS (
    SELECT count(folded_at) = 0 AND NOT EXISTS (SELECT FROM learner WHERE id = ANY($2::uuid[])) AS open FROM locked
  )`;

const DIRTY = `INSERT INTO tracking_dirty (session_id) SELECT unnest($1::uuid[]) WHERE (SELECT open FROM gate)`;
/** An anchor dates every session of its boot. */
const OF_ANCHORS = `
    UNION SELECT id FROM tracking_session WHERE (credential, boot_id) IN (SELECT credential, boot_id FROM anchors)`;

const BATCHES = `
  INSERT INTO tracking_batch (credential, id, device_id, content_hash, answer, received_at)
  SELECT credential, id, device_id, decode(content_hash, 'hex'), answer, received_at
  FROM json_to_recordset($3) AS batch(credential text, id uuid, device_id text, content_hash text, answer json, received_at timestamptz)
  WHERE (SELECT open FROM gate) ORDER BY credential, id RETURNING id`;

function textOf(brought: readonly Part[]): string {
  let last = 3;
  const ctes = brought.map((part) => {
    const first = last + 1;
    const text = PARTS[part].replace(/\$([a-h])/g, (_, letter: string) => {
      const number = first + letter.charCodeAt(0) - 'a'.charCodeAt(0);
      last = Math.max(last, number);
      return `$${number}`;
    });
    return `${part} AS (${text})`;
  });
  const dirty = `dirty AS (${DIRTY}${brought.includes('anchors') ? OF_ANCHORS : ''})`;
  return `WITH ${[GATE, ...ctes, dirty].join(', ')} ${BATCHES}`;
}

const sizeOf = (brought: Entries[Part]): number => ('size' in brought ? brought.size : brought.length);

const made = new Map<string, Statement>();

/** What is brought in order, and the statement that writes it: what a group does not bring costs nothing. */
export function statementFor(entries: Entries): { readonly brought: readonly Part[]; readonly statement: Statement } {
  const brought = parts.filter((part) => sizeOf(entries[part]) > 0);
  const name = ['write', ...brought].join('-');
  const statement = made.get(name) ?? { name, text: textOf(brought) };
  made.set(name, statement);
  return { brought, statement };
}
