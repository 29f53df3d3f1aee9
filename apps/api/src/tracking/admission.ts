import type { ItemRefusal, SessionHead, SessionResult } from '#libs/contracts';
import {
  CLOCK_TOLERANCE_MS,
  EARLIEST_CLAIM_MS,
  isSeq,
  refusalDetail,
  type Presence,
  type RefusalCode,
  type Span,
} from '#libs/domain';
import { judgePresences, judgeSpans, type Verdict } from './judgement.js';
import { type Entries, instant, type Ledger, type LedgerSession, type Parcel } from './ledger.js';
import { isSame, newSession, stated } from './new-session.js';
import type { ReadSession } from './read-batch.js';
import { type Place, placeOf, type Surroundings } from './reporter.js';

/** Where parcels are judged: what is known, and what will be written. Both grow from parcel to parcel of a group. */
export interface Desk {
  readonly around: Surroundings;
  readonly ledger: Ledger;
  readonly entries: Entries;
}

type Readable = ReadSession & { readonly head: SessionHead };
const isReadable = (session: ReadSession): session is Readable => session.head !== null;

const lengthOf = (editionId: string, around: Surroundings): number => around.editions.get(editionId) ?? Infinity;

/** Judges a parcel and enters what it brings: one result a session, which the same batch will get again for ever. */
export function admitParcel(parcel: Parcel, { around, ledger, entries }: Desk): SessionResult[] {
  const { batch, reporter, receivedMs } = parcel;
  for (const { clockMs, serverTime } of batch.anchors) {
    const serverMs = Date.parse(serverTime);
    // No server can have told a time that has not come, that is none, or before there was this house: such a pair was made up.
    if (!(serverMs > EARLIEST_CLAIM_MS && serverMs <= receivedMs + CLOCK_TOLERANCE_MS)) continue;
    const anchor = { clock_ms: clockMs, server_time: instant(serverMs) };
    entries.anchors.push({ credential: reporter.credential, boot_id: batch.bootId, ...anchor });
  }
  return batch.sessions.map((session) =>
    isReadable(session)
      ? admitSession(session, parcel, { around, ledger, entries })
      : { batch: batch.id, session: null, accepted: 0, refused: [...session.unreadable] },
  );
}

function admitSession(session: Readable, parcel: Parcel, desk: Desk): SessionResult {
  const { head, spans, presences, unreadable } = session;
  const place = placeOf(head, parcel.reporter, desk.around);
  const known = desk.ledger.sessions.get(head.id) ?? open(session, place, parcel, desk);
  const code = whyNot(head, place, known, parcel);
  const verdicts =
    known && code === undefined ? enter(session, known, parcel, desk) : refuseAll(session, code ?? 'not-yours');
  const refused = [...verdicts.flatMap(refusalsOf), ...unreadable];
  const told = refused.length === 0 && code ? [sessionRefusal(code)] : refused;
  keepRefusals(head, told, place, parcel, desk);
  const accepted = spans.length + presences.length + unreadable.length - refused.length;
  return { batch: parcel.batch.id, session: head.id, accepted, refused: told };
}

/** Whoever may send a session and is the first to do so owns it. */
function open(
  session: Readable,
  place: Place | RefusalCode,
  parcel: Parcel,
  { around, entries }: Desk,
): LedgerSession | undefined {
  if (typeof place === 'string') return undefined;
  const opened = newSession(session, place, parcel, lengthOf(session.head.editionId, around));
  entries.opened.set(opened.id, opened);
  return opened;
}

function whyNot(
  head: SessionHead,
  place: Place | RefusalCode,
  known: LedgerSession | undefined,
  { reporter }: Parcel,
): RefusalCode | undefined {
  if (typeof place === 'string') return place;
  if (known?.folded_at) return 'session-folded';
  if (known?.credential !== reporter.credential) return 'not-yours';
  return isSame(known, head, place) ? undefined : 'session-changed';
}

const refuseAll = ({ spans, presences }: Readable, code: RefusalCode): Verdict<Span | Presence>[] =>
  [...spans, ...presences].map((item) => ({ item, code }));

function refusalsOf({ item, code }: Verdict<Span | Presence>): ItemRefusal[] {
  if (!code) return [];
  const kind = 'rate' in item ? 'span' : 'presence';
  return [{ item: kind, seq: isSeq(item.seq) ? item.seq : null, code, detail: refusalDetail(code, item) }];
}

const sessionRefusal = (code: RefusalCode): ItemRefusal => {
  return { item: 'session', seq: null, code, detail: refusalDetail(code) };
};

/** Enters what is sound of a session that the reporter may send. */
function enter(
  { head, spans, presences }: Readable,
  known: LedgerSession,
  parcel: Parcel,
  { around, ledger, entries }: Desk,
): Verdict<Span | Presence>[] {
  const session = stated(known, head, parcel);
  if (session !== known) (entries.opened.has(session.id) ? entries.opened : entries.sessions).set(session.id, session);
  ledger.sessions.set(session.id, session);
  entries.dirty.add(session.id);

  const spansBefore = ledger.spans.get(session.id) ?? [];
  const ofSpans = judgeSpans(spans, spansBefore, lengthOf(session.edition_id, around));
  ledger.spans.set(session.id, [...spansBefore, ...ofSpans.sound]);
  const { receivedMs } = parcel;
  entries.spans.push(...ofSpans.sound.map((span) => ({ session_id: session.id, span, receivedMs })));

  const mayBeThere = ({ learnerId }: Presence) => isOfSession(learnerId, session, around);
  const presencesBefore = ledger.presences.get(session.id) ?? [];
  const ofPresences = judgePresences(presences.filter(mayBeThere), presencesBefore);
  ledger.presences.set(session.id, [...presencesBefore, ...ofPresences.sound]);
  entries.presences.push(...ofPresences.sound.map((presence) => ({ session_id: session.id, presence })));

  const strangers = presences.filter((presence) => !mayBeThere(presence));
  return [
    ...ofSpans.verdicts,
    ...ofPresences.verdicts,
    ...strangers.map((item) => ({ item, code: 'not-yours' as const })),
  ];
}

const isOfSession = (learnerId: string, { learner_id, site_id }: LedgerSession, { rosters }: Surroundings): boolean =>
  learner_id === null ? (rosters.get(learnerId) ?? []).includes(site_id ?? '') : learner_id === learnerId;

/** What comes after folding may have counted before, or never have come: once for the session, it is told that it came. */
const asKept = (refusal: ItemRefusal): ItemRefusal =>
  refusal.code === 'session-folded' ? sessionRefusal(refusal.code) : refusal;

/** What depends on what else arrives is derived (and may change); the rest is kept as it was found. */
const isDerived = (code: RefusalCode): boolean => code === 'clock-overlap' || code === 'span-changed';

function keepRefusals(
  head: SessionHead,
  refused: readonly ItemRefusal[],
  place: Place | RefusalCode,
  { reporter }: Parcel,
  { entries }: Desk,
): void {
  const learner_id = typeof place === 'string' ? reporter.learnerId : place.learnerId;
  for (const { item, seq, code, detail } of refused.filter((refusal) => !isDerived(refusal.code)).map(asKept)) {
    const who = { session_id: head.id, credential: reporter.credential, learner_id, edition_id: head.editionId };
    entries.refusals.push({ ...who, item, seq: seq ?? -1, code, detail });
  }
}
