import {
  BatchHead,
  type ItemRefusal,
  MAX_BATCH_SPANS,
  PresenceReport,
  SessionHead,
  SpanReport,
  TrackingBatch,
} from '#libs/contracts';
import { DomainError, isSeq, refusalDetail } from '#libs/domain';
import { hash } from 'node:crypto';
import type { z } from 'zod';
import { InvalidRequest } from '../http/problem.js';

/** A session as far as it could be read; `head` is null when nothing of it can count. */
export interface ReadSession {
  readonly head: SessionHead | null;
  readonly spans: readonly SpanReport[];
  readonly presences: readonly PresenceReport[];
  readonly unreadable: readonly ItemRefusal[];
}

export interface ReadBatch extends BatchHead {
  readonly sessions: readonly ReadSession[];
  /** SHA-256 of what the batch carries; the marks of its sending are left out, since each try may state them anew. */
  readonly contentHash: string;
}

/** Reads a batch such that one bad item never spoils the good ones beside it. @throws {DomainError} `invalid-request`, `too-large` */
export function readBatch(raw: unknown): ReadBatch {
  const whole = TrackingBatch.safeParse(raw);
  const batch = whole.success ? whole.data : readLeniently(raw);
  const { sessions, ...head } = batch;
  const spans = sessions.reduce((sum, session) => sum + Math.max(session.spans.length, session.presences.length), 0);
  if (spans > MAX_BATCH_SPANS) throw new DomainError('too-large', `A batch holds ${MAX_BATCH_SPANS} spans at most.`);
  const content = contentOf(whole.success ? whole.data : (raw as object));
  const contentHash = hash('sha256', JSON.stringify(content));
  return { ...head, contentHash, sessions: sessions.map((session) => ('head' in session ? session : good(session))) };
}

const MARKS = { sentAt: null, sentClockMs: null };
const FIRST = { id: null, deviceId: null, bootId: null, ...MARKS };
/** Without the marks of its sending, which stand in one place whether it had any or not. */
const contentOf = (batch: object): object => ({ ...FIRST, ...batch, ...MARKS });

const good = ({ spans, presences, ...head }: TrackingBatch['sessions'][number]): ReadSession => {
  return { head, spans, presences, unreadable: [] };
};

function readLeniently(raw: unknown): BatchHead & { sessions: ReadSession[] } {
  const head = BatchHead.safeParse(raw);
  if (!head.success) throw invalid(head.error);
  return { ...head.data, sessions: listOf(raw, 'sessions').map(readSession) };
}

const invalid = ({ issues }: z.ZodError): InvalidRequest =>
  new InvalidRequest(
    issues
      .slice(0, 20)
      .map(({ path, message }) => ({ pointer: path.map((step) => `/${String(step)}`).join(''), detail: message })),
  );

const memberOf = (raw: unknown, name: string): unknown =>
  typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[name] : undefined;

function listOf(raw: unknown, name: string): unknown[] {
  const list = memberOf(raw, name);
  return Array.isArray(list) ? list : [];
}

function readSession(raw: unknown): ReadSession {
  const head = SessionHead.safeParse(raw);
  if (!head.success) return { head: null, spans: [], presences: [], unreadable: [malformed('session', raw)] };
  const spans = readItems('span', SpanReport, listOf(raw, 'spans'));
  const presences = readItems('presence', PresenceReport, listOf(raw, 'presences'));
  const unreadable = [...spans.unreadable, ...presences.unreadable];
  return { head: head.data, spans: spans.read, presences: presences.read, unreadable };
}

function readItems<T extends z.ZodType>(item: 'span' | 'presence', schema: T, list: readonly unknown[]) {
  const results = list.map((raw) => ({ raw, result: schema.safeParse(raw) }));
  return {
    read: results.flatMap(({ result }) => (result.success ? [result.data] : [])),
    unreadable: results.flatMap(({ raw, result }) => (result.success ? [] : [malformed(item, raw)])),
  };
}

function malformed(item: ItemRefusal['item'], raw: unknown): ItemRefusal {
  const seq = memberOf(raw, 'seq');
  return { item, seq: isSeq(seq) ? seq : null, code: 'malformed', detail: refusalDetail('malformed') };
}
