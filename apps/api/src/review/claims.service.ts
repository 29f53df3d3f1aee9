import type {
  ClaimableSessions,
  ClaimItem,
  ClaimQuery,
  ClaimView,
  DecideClaim,
  MakeClaim,
  Page,
} from '#libs/contracts';
import { appendAudit, reviewedSession, type ReviewedSession } from '#libs/database';
import { CLAIM_WINDOW_MS, claimableUntilMs, DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { claimableSessions, waitingClaims } from './claim-lists.queries.js';
import { claimsOf, claimView, decideClaim, findClaim, insertClaim } from './claims.queries.js';
import { holdLearner } from './disputes.queries.js';
import { deriveAgain, isOnRoster, lockSession } from './overrides.queries.js';
import { auditedLearner, isLearner, KEEPERS, reachOf, requireOthers } from './reach.js';
import { stretchOf } from './stretch.js';

/** More than that of one learner wait already. */
const MOST_WAITING = 10;

type SiteSession = ReviewedSession & { readonly siteId: string };

/** Names for those who were only counted. What the people of a site say counts, grade C; what a learner says waits for them. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /**
   * @throws {DomainError} `not-found`; `forbidden` unless the caller keeps the roster of the site or is the learner, and the
   *   learner is on it; `claim-too-late`; `no-heads-left`; `conflict` when the learner is named, or has claimed before;
   *   `too-many-attempts`; `invalid-request` of a stretch outside the session.
   */
  async make(sessionId: string, made: MakeClaim, caller: Caller): Promise<ClaimView> {
    const { learnerId } = made;
    const isSelf = isLearner(caller, learnerId);
    return this.database.transaction(async (tx) => {
      const session = await sessionFor(tx, sessionId, learnerId);
      if (!isSelf && !(await this.names.mayName(caller, session.siteId))) throw notKept();
      await requireMember(tx, session, learnerId);
      requireHead(session, learnerId);
      if (Date.now() > claimableUntilMs(session)) throw new DomainError('claim-too-late', 'The window has closed.');
      await requireFirst(tx, { sessionId, learnerId, isSelf });
      const id = uuidv7();
      const confirmedBy = isSelf ? null : actorOf(caller);
      await insertClaim(tx, {
        id,
        sessionId,
        learnerId,
        siteId: session.siteId,
        confirmedBy,
        ...stretchOf(session, made),
      });
      const view = await claimView(tx, id);
      if (!isSelf) await follow(tx, caller, learnerId, view);
      return view;
    });
  }

  async list(query: ClaimQuery, caller: Caller): Promise<Page<ClaimItem>> {
    const [after = null] = keyOf(query.after, 1);
    const reach = reachOf(this.authority, caller, KEEPERS);
    return pageOfRows(
      await waitingClaims(this.database.manager, query, after, { reach, names: this.names.reach(caller) }),
      query.limit,
      ({ id }) => [id],
      (item) => item,
    );
  }

  /** @throws {DomainError} `forbidden` unless it is the learner who asks. */
  async claimable(learnerId: string, caller: Caller): Promise<ClaimableSessions> {
    if (!isLearner(caller, learnerId)) throw new DomainError('forbidden', 'Only the learner claims for themselves.');
    const rows = await claimableSessions(this.database.manager, learnerId, CLAIM_WINDOW_MS);
    return {
      items: rows.map((row) => ({
        ...row,
        startedAt: row.startedAt.toISOString(),
        claimableUntil: row.claimableUntil.toISOString(),
      })),
    };
  }

  /** A claim that was made in time can be decided later. @throws {DomainError} as {@link make} */
  async decide(id: string, { confirm }: DecideClaim, caller: Caller): Promise<ClaimView> {
    return this.database.transaction(async (tx) => {
      const asked = await findClaim(tx, id);
      if (!asked) throw new DomainError('not-found', `There is no claim ${id}.`);
      const { session_id: sessionId, learner_id: learnerId } = asked;
      const session = await sessionFor(tx, sessionId, learnerId);
      await this.authority.require(caller, KEEPERS, { siteId: session.siteId });
      requireOthers(caller, learnerId);
      if ((await findClaim(tx, id))?.state !== 'pending') throw new DomainError('conflict', 'This has been decided.');
      if (confirm) requireHead(session, learnerId);
      await decideClaim(tx, { id, sessionId, confirm, by: actorOf(caller) });
      const view = await claimView(tx, id);
      await follow(tx, caller, learnerId, view);
      return view;
    });
  }
}

const notKept = () => new DomainError('forbidden', 'Who was in a hall is named by those who keep its roster.');

/** Locks the learner and the session: of two who claim the last head, one is told that it is gone. */
async function sessionFor(tx: EntityManager, sessionId: string, learnerId: string): Promise<SiteSession> {
  const isThere = (await holdLearner(tx, learnerId)) && (await lockSession(tx, sessionId));
  const session = isThere ? await reviewedSession(tx, sessionId) : undefined;
  if (session?.kind !== 'hall' || !session.siteId) {
    throw new DomainError('not-found', 'There is no such session of a hall, or no such learner.');
  }
  return { ...session, siteId: session.siteId };
}

async function requireMember(tx: EntityManager, session: SiteSession, learnerId: string): Promise<void> {
  if (await isOnRoster(tx, learnerId, session.siteId, new Date(session.startedMs))) return;
  throw new DomainError('forbidden', 'The learner is not on the roster of this site.');
}

function requireHead(session: SiteSession, learnerId: string): void {
  const isSpokenOf = session.named.has(learnerId) || session.overrides.get(learnerId) === 'annul';
  if (isSpokenOf) throw new DomainError('conflict', 'It is settled already whether this learner was there.');
  if (session.headsLeft <= 0) throw new DomainError('no-heads-left', 'Everybody who was counted has a name.');
}

/** A learner whose claim was declined may dispute that, but not claim again; the people of the site may. */
async function requireFirst(
  tx: EntityManager,
  { sessionId, learnerId, isSelf }: { sessionId: string; learnerId: string; isSelf: boolean },
): Promise<void> {
  const { standing, declined, waiting } = await claimsOf(tx, learnerId, sessionId);
  if (standing > 0 || (isSelf && declined > 0)) throw new DomainError('conflict', 'This was claimed before.');
  if (isSelf && waiting >= MOST_WAITING) throw new DomainError('too-many-attempts', 'Too many claims wait.');
}

/** What is decided counts from now on, and is a deed. */
async function follow(tx: EntityManager, caller: Caller, learnerId: string, { id, sessionId, state }: ClaimView) {
  await deriveAgain(tx, sessionId);
  const facts = { claim: id, session: sessionId, learner: auditedLearner(learnerId) };
  const deed = state === 'confirmed' ? 'walk-in-claimed' : 'walk-in-declined';
  await appendAudit(tx, { by: actorOf(caller), deed, facts });
}
