import type { PresenceReport, SessionHead, SessionReport, SpanReport, TrackingBatch } from '#libs/contracts';

/** What a session has to report since the last flush. */
export interface SessionChange {
  /** The credential it belongs to: `learner:{id}` or `device:{id}`. */
  readonly owner: string;
  readonly bootId: string;
  readonly head: SessionHead;
  readonly spans: readonly SpanReport[];
  readonly presences: readonly PresenceReport[];
}

type Part =
  | { readonly kind: 'head'; readonly head: SessionHead }
  | { readonly kind: 'span'; readonly span: SpanReport }
  | { readonly kind: 'presence'; readonly presence: PresenceReport };

/** One thing that is in no batch yet. A thing that grows overwrites itself, so that a flush only ever writes. */
export interface PendingPart {
  readonly key: [sessionId: string, kind: Part['kind'], seq: number];
  readonly owner: string;
  readonly bootId: string;
  readonly part: Part;
}

export function partsOf({ owner, bootId, head, spans, presences }: SessionChange): PendingPart[] {
  const row = (seq: number, part: Part): PendingPart => ({ key: [head.id, part.kind, seq], owner, bootId, part });
  return [
    row(0, { kind: 'head', head }),
    ...spans.map((span) => row(span.seq, { kind: 'span', span })),
    ...presences.map((presence) => row(presence.seq, { kind: 'presence', presence })),
  ];
}

/** A batch without what tells of its sending: it never changes once it is made. */
export type BatchContent = Pick<
  TrackingBatch,
  'id' | 'deviceId' | 'bootId' | 'installation' | 'number' | 'anchors' | 'sessions'
>;

export interface OutboxBatch {
  readonly id: string;
  readonly owner: string;
  readonly content: BatchContent;
  /** How often the house has refused it as somebody else's. */
  readonly tries?: number;
}

/** Far below what the server takes, so that a bad link carries a batch whole. */
const MOST_ITEMS = 500;

interface Parcel {
  readonly owner: string;
  readonly bootId: string;
  readonly sessions: SessionReport[];
}

/** Sorts parts into parcels of one owner and one boot, none larger than a bad link carries. */
export function parcelsOf(parts: readonly PendingPart[]): Parcel[] {
  const parcels: Parcel[] = [];
  const open = new Map<string, Parcel>();
  for (const session of sessionsOf(parts)) {
    for (const report of slices(session.report)) {
      const under = `${session.owner} ${session.bootId}`;
      const last = open.get(under);
      if (last && itemCount(last.sessions) + itemCount([report]) <= MOST_ITEMS) last.sessions.push(report);
      else {
        const parcel = { owner: session.owner, bootId: session.bootId, sessions: [report] };
        open.set(under, parcel);
        parcels.push(parcel);
      }
    }
  }
  return parcels;
}

/** Spans and presences in these sessions. */
export const itemCount = (sessions: readonly SessionReport[]): number =>
  sessions.reduce((sum, { spans, presences }) => sum + spans.length + presences.length, 0);

function sessionsOf(parts: readonly PendingPart[]) {
  const sessions = new Map<string, { owner: string; bootId: string; report: SessionReport }>();
  const heads = parts.flatMap(({ part, owner, bootId }) => (part.kind === 'head' ? [{ ...part, owner, bootId }] : []));
  for (const { head, owner, bootId } of heads)
    sessions.set(head.id, { owner, bootId, report: { ...head, spans: [], presences: [] } });
  for (const { key, part } of parts) {
    const report = sessions.get(key[0])?.report;
    if (part.kind === 'span') report?.spans.push(part.span);
    if (part.kind === 'presence') report?.presences.push(part.presence);
  }
  return sessions.values();
}

function slices(report: SessionReport): SessionReport[] {
  const { spans, presences } = report;
  const count = Math.max(1, Math.ceil(Math.max(spans.length, presences.length) / (MOST_ITEMS / 2)));
  const piece = <T>(items: T[], index: number): T[] =>
    items.slice((index * MOST_ITEMS) / 2, ((index + 1) * MOST_ITEMS) / 2);
  return Array.from({ length: count }, (_, index) => ({
    ...report,
    spans: piece(spans, index),
    presences: piece(presences, index),
  }));
}
