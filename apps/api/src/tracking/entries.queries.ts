import { thousandths } from '#libs/domain';
import { type Part, statementFor } from './entries.statement.js';
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

/** The values of each part, in the order of its letters. */
const VALUES: Readonly<Record<Part, (entries: Entries) => readonly string[]>> = {
  opened: ({ opened }) => [JSON.stringify([...opened.values()])],
  sessions: ({ sessions }) => [JSON.stringify([...sessions.values()])],
  spans: ({ spans }) => spanColumns(spans),
  presences: ({ presences }) => [JSON.stringify(largest(presences, keyOfPresence, sizeOfPresence).map(presenceRow))],
  refusals: ({ refusals }) => [JSON.stringify(refusals)],
  anchors: ({ anchors }) => [JSON.stringify(anchors)],
};

/** Writes a group: all of it or nothing. False when somebody in it was erased, or a session folded, since it was judged. */
export async function writeEntries(pool: IngestPool, entries: Entries): Promise<boolean> {
  const { brought, statement } = statementFor(entries);
  const written = await pool.run<{ id: string }[]>(statement, [
    [...entries.dirty],
    [...entries.present],
    JSON.stringify(entries.batches),
    ...brought.flatMap((part) => VALUES[part](entries)),
  ]);
  return written.length > 0;
}
