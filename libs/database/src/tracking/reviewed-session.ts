import { standingOverrides, type OverrideKind, type SessionKind } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { settleSession } from './derive-session.js';
import { presenceRows, sessionRows, spanRows } from './evidence.queries.js';
import { rulingRows } from './rulings.queries.js';

/** Of a session, what a ruling on it has to know. Clock readings are those of the session. */
export interface ReviewedSession {
  readonly kind: SessionKind;
  readonly siteId: string | null;
  readonly editionId: string;
  /** Of what counts; null when nothing played. */
  readonly clock: { readonly firstMs: number; readonly lastMs: number } | null;
  readonly startedMs: number;
  readonly firstReceivedMs: number;
  /** Counted heads that nobody has claimed. */
  readonly headsLeft: number;
  /** Whoever is named in it, by whatever evidence. */
  readonly named: ReadonlySet<string>;
  readonly overrides: ReadonlyMap<string, OverrideKind>;
}

/** By the functions that derive the numbers. Undefined when the ledger has no such session. */
export async function reviewedSession(db: EntityManager, id: string): Promise<ReviewedSession | undefined> {
  const [session] = await sessionRows(db, [id]);
  if (!session) return undefined;
  const rulings = await rulingRows(db, [id]);
  const ledger = { spans: await spanRows(db, [id]), presences: await presenceRows(db, [id]), rulings };
  const { spans, presences, claimants, dating } = settleSession(session, ledger);
  const clocks = spans.counted.flatMap(({ clockFromMs, clockToMs }) => [clockFromMs, clockToMs]);
  const clock =
    clocks.length > 0
      ? { firstMs: clocks.reduce((a, b) => Math.min(a, b)), lastMs: clocks.reduce((a, b) => Math.max(a, b)) }
      : null;
  return {
    kind: session.kind,
    siteId: session.site_id,
    editionId: session.edition_id,
    clock,
    startedMs: dating.wallZeroMs + (clock?.firstMs ?? session.clock_at_start_ms),
    firstReceivedMs: session.first_received_at.getTime(),
    headsLeft: session.head_count - claimants.size,
    named: new Set([
      ...(session.learner_id === null ? [] : [session.learner_id]),
      ...presences.counted.map(({ learnerId }) => learnerId),
    ]),
    overrides: new Map([...standingOverrides(rulings.overrides)].map(([of, { kind }]) => [of, kind])),
  };
}
