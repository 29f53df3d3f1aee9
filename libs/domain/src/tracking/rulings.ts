import type { SessionKind } from './audience.js';
import type { Presence } from './presence.js';

/**
 * What people have ruled of who was in a session, beside what devices reported. Rulings are entries of the ledger like spans
 * and presences: what is derived is a function of the set of both, and none is ever taken away.
 *
 * `annul`: nothing of this session counts for the learner. `attest`: the learner was there, grade C, beside whatever was
 * reported of them. `restore`: what was reported counts, as if nothing had been ruled.
 */
export const overrideKinds = ['annul', 'attest', 'restore'] as const;
export type OverrideKind = (typeof overrideKinds)[number];

/** By an organiser, with a reason that stands elsewhere. Clock readings are the session's; `clockToMs` null: to its end. */
export interface Override {
  readonly id: string;
  readonly learnerId: string;
  readonly kind: OverrideKind;
  readonly madeMs: number;
  readonly clockFromMs: number;
  readonly clockToMs: number | null;
}

/** One of the counted heads, named afterwards. */
export interface Claim {
  readonly id: string;
  readonly learnerId: string;
  readonly confirmedMs: number;
  readonly clockFromMs: number;
  readonly clockToMs: number | null;
}

/** What has been reported of who was in a session. */
export interface Reported<P extends Presence> {
  readonly kind: SessionKind;
  /** Of a personal session. */
  readonly learnerId: string | null;
  readonly presences: readonly P[];
  /** People beside the named ones. */
  readonly headCount: number;
}

/** Who was there, all told. */
export interface Reviewed<P extends Presence> {
  readonly learnerId: string | null;
  readonly presences: (P | Presence)[];
  /** Those whose only presence is a claimed head: the head is theirs, and counts no longer beside them. */
  readonly claimants: string[];
}

/** Devices number presences from 0; what people added is numbered below. */
const SEQ_OF = { claim: -1, attestation: -2 } as const;
export type PresenceSource = 'report' | keyof typeof SEQ_OF;

export const sourceOfPresence = (seq: number): PresenceSource =>
  seq === SEQ_OF.claim ? 'claim' : seq === SEQ_OF.attestation ? 'attestation' : 'report';

const added = (
  source: keyof typeof SEQ_OF,
  { learnerId, clockFromMs, clockToMs }: Pick<Presence, 'learnerId' | 'clockFromMs' | 'clockToMs'>,
): Presence => ({ seq: SEQ_OF[source], learnerId, clockFromMs, clockToMs, grade: 'C' });

const inOrder = <Ruling extends { readonly id: string }>(
  rulings: readonly Ruling[],
  at: (ruling: Ruling) => number,
): Ruling[] => [...rulings].sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1));

/** Of each learner, the latest override stands; earlier ones are history. */
export const standingOverrides = <O extends Override>(overrides: readonly O[]): Map<string, O> =>
  new Map(inOrder(overrides, ({ madeMs }) => madeMs).map((override) => [override.learnerId, override]));

/**
 * The claims that stand: in the order in which they were confirmed, never more than there are heads. Who is named anyway
 * needs no head, and who is annulled has none: the head is counted again, or goes to the next.
 */
export function standingClaims(
  claims: readonly Claim[],
  headCount: number,
  isOutOfCount: (learnerId: string) => boolean,
): Claim[] {
  const byLearner = new Map<string, Claim>();
  for (const claim of inOrder(claims, ({ confirmedMs }) => confirmedMs)) {
    if (!isOutOfCount(claim.learnerId) && !byLearner.has(claim.learnerId)) byLearner.set(claim.learnerId, claim);
  }
  return [...byLearner.values()].slice(0, Math.max(0, headCount));
}

/** Who was in a session by what was reported and what was ruled: the same for any order of either. */
export function review<P extends Presence>(
  { kind, learnerId, presences, headCount }: Reported<P>,
  overrides: readonly Override[],
  claims: readonly Claim[],
): Reviewed<P> {
  const standing = standingOverrides(overrides);
  const isRuled = (id: string, by: OverrideKind) => standing.get(id)?.kind === by;
  if (kind === 'personal') {
    const isAnnulled = learnerId !== null && isRuled(learnerId, 'annul');
    return isAnnulled
      ? { learnerId: null, presences: [], claimants: [] }
      : { learnerId, presences: [...presences], claimants: [] };
  }
  const reported = presences.filter((presence) => !isRuled(presence.learnerId, 'annul'));
  const attested = [...standing.values()].filter((override) => override.kind === 'attest');
  const named = new Set([...reported, ...attested].map((presence) => presence.learnerId));
  const counted = standingClaims(claims, headCount, (id) => named.has(id) || isRuled(id, 'annul'));
  return {
    learnerId,
    presences: [
      ...reported,
      ...attested.map((override) => added('attestation', override)),
      ...counted.map((claim) => added('claim', claim)),
    ],
    claimants: counted.map((claim) => claim.learnerId),
  };
}

const DAY_MS = 24 * 3_600_000;
/**
 * How long a head may be claimed after the session, or after it became known: two weeks are long enough for an operator who
 * comes every other week, and short enough that people remember who sat there.
 */
export const CLAIM_WINDOW_MS = 14 * DAY_MS;

/** When heads of a session can no longer be claimed. What arrives late by file can be claimed as long after that. */
export const claimableUntilMs = (session: { readonly startedMs: number; readonly firstReceivedMs: number }): number =>
  Math.max(session.startedMs, session.firstReceivedMs) + CLAIM_WINDOW_MS;
