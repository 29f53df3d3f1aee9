import type { SessionResult } from '#libs/contracts';
import type { Presence, RefusalCode, SessionKind, Span } from '#libs/domain';
import type { ReadBatch } from './read-batch.js';
import type { Reporter } from './reporter.js';

/** A batch on its way into the ledger. */
export interface Parcel {
  readonly batch: ReadBatch;
  readonly reporter: Reporter;
  readonly receivedMs: number;
}

/** A session as the ledger keeps it; names as in the table. */
export interface LedgerSession {
  readonly id: string;
  readonly credential: string;
  readonly boot_id: string;
  readonly edition_id: string;
  readonly kind: SessionKind;
  readonly learner_id: string | null;
  readonly site_id: string | null;
  readonly clock_at_start_ms: number;
  readonly claimed_start: string | null;
  readonly first_received_at: string;
  readonly first_clock_to_ms: number;
  /** The contact nearest to its start among the batches that carried it. */
  readonly sent_clock_ms: number | null;
  readonly sent_received_at: string | null;
  /** Of what several batches state, that of the latest batch by id counts. */
  readonly head_count: number | null;
  readonly head_count_batch: string | null;
  readonly note: string | null;
  readonly note_batch: string | null;
  /** Since when only what it gave stays; nothing is accepted any more. */
  readonly folded_at?: string | null;
}

export interface LedgerBatch {
  readonly credential: string;
  readonly id: string;
  /** Hex. */
  readonly content_hash: string;
  readonly answer: readonly SessionResult[];
}

export interface LedgerSpan {
  readonly session_id: string;
  readonly span: Span;
  readonly receivedMs: number;
}

export interface LedgerPresence {
  readonly session_id: string;
  readonly presence: Presence;
}

export interface LedgerRefusal {
  readonly session_id: string;
  readonly credential: string;
  readonly item: 'span' | 'presence' | 'session';
  /** -1: of the session itself. */
  readonly seq: number;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly learner_id: string | null;
  readonly edition_id: string;
}

/** What the ledger holds of the sessions and batches that a group of parcels names. */
export interface Ledger {
  readonly sessions: Map<string, LedgerSession>;
  readonly spans: Map<string, Span[]>;
  readonly presences: Map<string, Presence[]>;
  readonly batches: Map<string, LedgerBatch>;
}

/** What a group of parcels brings, in the order in which it came. */
export interface Entries {
  /** Sessions that nobody has used before. */
  readonly opened: Map<string, LedgerSession>;
  /** Older sessions that were told more of. */
  readonly sessions: Map<string, LedgerSession>;
  readonly spans: LedgerSpan[];
  readonly presences: LedgerPresence[];
  readonly refusals: LedgerRefusal[];
  readonly anchors: { credential: string; boot_id: string; clock_ms: number; server_time: string }[];
  readonly batches: (LedgerBatch & { device_id: string; received_at: string })[];
  readonly dirty: Set<string>;
  /** Learners who are named or send, by the label that they would have if they were erased: they must not be. */
  readonly present: Set<string>;
}

export const noEntries = (): Entries => {
  return {
    opened: new Map(),
    sessions: new Map(),
    spans: [],
    presences: [],
    refusals: [],
    anchors: [],
    batches: [],
    dirty: new Set(),
    present: new Set(),
  };
};

export const instant = (ms: number): string => new Date(ms).toISOString();
export const batchKey = ({ credential, id }: { credential: string; id: string }): string => `${credential} ${id}`;
