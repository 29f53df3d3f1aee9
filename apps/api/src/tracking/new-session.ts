import type { SessionHead } from '#libs/contracts';
import { faultOf } from '#libs/domain';
import { instant, type LedgerSession, type Parcel } from './ledger.js';
import type { ReadSession } from './read-batch.js';
import type { Place } from './reporter.js';

/** PostgreSQL keeps no NUL in text, and no half of a surrogate pair. */
export const kept = (text: string): string => text.toWellFormed().replaceAll('\0', '');

const YEAR_10000_MS = Date.UTC(10_000, 0);
/** A time that no database can hold is as good as none. */
function claimed(startedAt: string | null | undefined): string | null {
  const ms = Date.parse(startedAt ?? '');
  return ms >= 0 && ms < YEAR_10000_MS ? instant(ms) : null;
}

/** The row of a session that nobody has used before: it belongs to this reporter from now on. */
export function newSession(
  { head, spans }: ReadSession & { head: SessionHead },
  place: Place,
  { batch, reporter, receivedMs }: Parcel,
  lengthMs: number,
): LedgerSession {
  const clocks = spans.filter((span) => !faultOf(span, lengthMs)).map(({ clockToMs }) => clockToMs);
  return stated(
    {
      id: head.id,
      credential: reporter.credential,
      ...startOf(batch.bootId, head),
      edition_id: head.editionId,
      kind: head.kind,
      learner_id: place.learnerId,
      site_id: place.siteId,
      first_received_at: instant(receivedMs),
      first_clock_to_ms: clocks.length > 0 ? Math.max(...clocks) : head.clockAtStartMs,
      sent_clock_ms: null,
      sent_received_at: null,
      head_count: null,
      head_count_batch: null,
      note: null,
      note_batch: null,
    },
    head,
    { batch, receivedMs },
  );
}

/** The session after one more batch has told of it: the same in whatever order batches come. Itself when nothing is new. */
export function stated(
  session: LedgerSession,
  head: SessionHead,
  { batch, receivedMs }: Pick<Parcel, 'batch' | 'receivedMs'>,
): LedgerSession {
  const news = {
    ...datedFrom(session, startOf(batch.bootId, head), batch.sentClockMs ?? null, receivedMs),
    ...(isLater(head.headCount, batch.id, session.head_count_batch) && {
      head_count: head.headCount ?? null,
      head_count_batch: batch.id,
    }),
    ...(isLater(head.note, batch.id, session.note_batch) && { note: kept(head.note ?? ''), note_batch: batch.id }),
  };
  return Object.keys(news).length > 0 ? { ...session, ...news } : session;
}

const isLater = (told: unknown, batchId: string, before: string | null): boolean =>
  told !== null && told !== undefined && batchId > (before ?? '');

type Start = Pick<LedgerSession, 'boot_id' | 'clock_at_start_ms' | 'claimed_start'>;
const startOf = (bootId: string, { clockAtStartMs, startedAt }: SessionHead): Start => {
  return { boot_id: bootId, clock_at_start_ms: clockAtStartMs, claimed_start: claimed(startedAt) };
};

const claimMs = ({ claimed_start }: Start): number => (claimed_start === null ? Infinity : Date.parse(claimed_start));

/** Negative when `a` comes before `b`, 0 when they say the same. */
function compareStarts(a: Start, b: Start): number {
  if (a.boot_id !== b.boot_id) return a.boot_id < b.boot_id ? -1 : 1;
  if (a.clock_at_start_ms !== b.clock_at_start_ms) return a.clock_at_start_ms - b.clock_at_start_ms;
  return claimMs(a) === claimMs(b) ? 0 : claimMs(a) - claimMs(b);
}

/** Of batches that disagree on how a session began, those with the smallest start date it, by their contacts only. */
function datedFrom(
  session: LedgerSession,
  start: Start,
  clockMs: number | null,
  receivedMs: number,
): Partial<LedgerSession> {
  const order = compareStarts(start, session);
  const contact = { sent_clock_ms: clockMs, sent_received_at: clockMs === null ? null : instant(receivedMs) };
  if (order < 0) return { ...start, ...contact };
  return order === 0 && clockMs !== null && isNearerContact(session, clockMs, receivedMs) ? contact : {};
}

/** Rule 5: of the contacts of the batches that carried a session, the nearest to its start dates it. */
function isNearerContact(session: LedgerSession, clockMs: number, receivedMs: number): boolean {
  if (session.sent_clock_ms === null || session.sent_received_at === null) return true;
  const distance = (clock: number) => Math.abs(clock - session.clock_at_start_ms);
  const order =
    distance(clockMs) - distance(session.sent_clock_ms) ||
    clockMs - session.sent_clock_ms ||
    receivedMs - new Date(session.sent_received_at).getTime();
  return order < 0;
}

/** What a session was first reported as, it stays. */
export const isSame = (session: LedgerSession, head: SessionHead, place: Place): boolean =>
  session.edition_id === head.editionId &&
  session.kind === head.kind &&
  session.learner_id === place.learnerId &&
  (head.kind !== 'hall' || session.site_id === place.siteId);
