import {
  attendancesOf,
  dateSession,
  dayOf,
  refusalDetail,
  review,
  settlePresences,
  settleSpans,
  shift,
  splitByDay,
  totalMs,
  type Anchor,
  type Attendance,
  type Dating,
  type Interval,
  type Presence,
  type Refused,
  type Span,
} from '#libs/domain';
import type { PresenceRow, SessionRow, SpanRow } from './evidence.queries.js';
import { labelOf } from './label.js';
import { multirangeOf } from './multirange.js';
import type { Rulings } from './rulings.queries.js';

/** All rows that follow from one session of the ledger. */
export interface DerivedSession {
  readonly records: readonly object[];
  readonly audience: readonly object[];
  readonly minutes: readonly object[];
  readonly refusals: readonly object[];
}

type ArrivedSpan = Span & { readonly receivedMs: number };

const spanOf = (row: SpanRow): ArrivedSpan => ({
  seq: row.seq,
  fromMs: row.from_ms,
  toMs: row.to_ms,
  rate: row.rate_thousandths / 1000,
  clockFromMs: row.clock_from_ms,
  clockToMs: row.clock_to_ms,
  receivedMs: row.received_at.getTime(),
});

/** Named by their label while it is found out which of two that disagree stands: an erasure must not change that. */
const presenceOf = (row: PresenceRow): Presence & { readonly namedId: string } => ({
  seq: row.seq,
  learnerId: labelOf(row.learner_id),
  namedId: row.learner_id,
  clockFromMs: row.clock_from_ms,
  clockToMs: row.clock_to_ms,
  grade: row.grade,
});

const anchorOf = (clockMs: number | null, serverTime: Date | null): Anchor[] =>
  clockMs === null || serverTime === null ? [] : [{ clockMs, serverMs: serverTime.getTime() }];

function datingOf(session: SessionRow, spans: readonly ArrivedSpan[]): Dating {
  const anchors = [
    ...anchorOf(session.anchor_clock_ms, session.anchor_server_time),
    ...anchorOf(session.sent_clock_ms, session.sent_received_at),
  ];
  return dateSession(
    {
      clockAtStartMs: session.clock_at_start_ms,
      claimedStartMs: session.claimed_start?.getTime() ?? null,
      firstReceivedMs: session.first_received_at.getTime(),
      firstClockToMs: session.first_clock_to_ms,
      spans,
    },
    anchors,
  );
}

const firstClockMs = (spans: readonly Span[]): number =>
  spans.reduce((first, { clockFromMs }) => Math.min(first, clockFromMs), Infinity);

/** When a session began, and for how long it played. */
export const startOf = (session: SessionRow, spans: readonly Span[], { wallZeroMs }: Dating) => ({
  startedMs: wallZeroMs + (spans.length > 0 ? firstClockMs(spans) : session.clock_at_start_ms),
  playedMs: totalMs(spans.map(({ clockFromMs, clockToMs }): Interval => [clockFromMs, clockToMs])),
});

/** A hall was held even when nothing that counts played: its roll and its note stay on record, with zero minutes. */
function recordOf(session: SessionRow, spans: readonly Span[], dating: Dating): object[] {
  if (spans.length === 0 && session.kind !== 'hall') return [];
  const { startedMs, playedMs } = startOf(session, spans, dating);
  return [
    {
      session_id: session.id,
      site_id: session.site_id,
      edition_id: session.edition_id,
      kind: session.kind,
      started_at: new Date(startedMs),
      dated_by: dating.datedBy,
      day: dayOf(startedMs, session.time_zone),
      played_ms: playedMs,
      head_count: session.head_count,
    },
  ];
}

/** One row a day; somebody who was there while nothing played is named on the day it began. */
export function minutesOf(
  session: SessionRow,
  { learnerId, grade, played }: Attendance,
  wallZeroMs: number,
  day: string,
) {
  const parts = splitByDay(shift(played, wallZeroMs), session.time_zone);
  const days = parts.length > 0 ? new Set(parts.map((part) => part.day)) : [day];
  return [...days].map((on) => ({
    session_id: session.id,
    learner_id: learnerId,
    day: on,
    edition_id: session.edition_id,
    site_id: session.site_id,
    grade,
    played: multirangeOf(parts.filter((part) => part.day === on).map(({ interval }) => interval)),
  }));
}

const refusalOf = (session: SessionRow, item: 'span' | 'presence') => (refused: Refused<Span> | Refused<Presence>) => ({
  session_id: session.id,
  credential: session.credential,
  item,
  seq: refused.item.seq,
  code: refused.code,
  detail: refusalDetail(refused.code, refused.item),
  learner_id: session.learner_id,
  edition_id: session.edition_id,
});

/** All that the ledger holds of one session. */
export interface SessionLedger {
  readonly spans: readonly SpanRow[];
  readonly presences: readonly PresenceRow[];
  readonly rulings: Rulings;
}

/** A session by the rules: which of its items count, when its clock began, and who was there. */
export function settleSession(session: SessionRow, ledger: SessionLedger) {
  const lengthMs = session.duration_ms ?? Infinity;
  const spans = settleSpans(ledger.spans.map(spanOf), lengthMs);
  const named = settlePresences(ledger.presences.map(presenceOf));
  const counted = named.counted.map(({ namedId, ...presence }): Presence => ({ ...presence, learnerId: namedId }));
  const { overrides, claims } = ledger.rulings;
  const reported = {
    kind: session.kind,
    learnerId: session.learner_id,
    presences: counted,
    headCount: session.head_count,
  };
  const { learnerId, presences, claimants } = review(reported, overrides, claims);
  return {
    spans,
    presences: { counted: presences, refused: named.refused },
    claimants: new Set(claimants),
    dating: datingOf(session, spans.counted),
    attendances: attendancesOf({ learnerId, lengthMs, spans: spans.counted, presences }),
  };
}

/** Pure: the same ledger gives the same rows. */
export function deriveSession(session: SessionRow, ledger: SessionLedger): DerivedSession {
  const { spans, presences, claimants, dating, attendances } = settleSession(session, ledger);
  const startedMs = dating.wallZeroMs + firstClockMs(spans.counted);
  return {
    records: recordOf(session, spans.counted, dating),
    audience: attendances.map(({ learnerId, grade, watched }) => {
      return { session_id: session.id, learner_id: learnerId, edition_id: session.edition_id, grade, watched };
    }),
    minutes: attendances.flatMap((attendance) =>
      minutesOf(session, attendance, dating.wallZeroMs, dayOf(startedMs, session.time_zone)).map((row) => {
        return { ...row, claimed: claimants.has(attendance.learnerId) };
      }),
    ),
    refusals: [
      ...spans.refused.map(refusalOf(session, 'span')),
      ...presences.refused.map(refusalOf(session, 'presence')),
    ],
  };
}
