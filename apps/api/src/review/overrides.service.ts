import type { MakeOverride, OverrideView } from '#libs/contracts';
import { appendAudit, reviewedSession, type ReviewedSession } from '#libs/database';
import { DomainError, type OverrideKind } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { disputantOf, holdLearner } from './disputes.queries.js';
import { insertOverride, isOnRoster, lockSession } from './overrides.queries.js';
import { auditedLearner, requireOthers, RULERS } from './reach.js';
import { stretchOf } from './stretch.js';

type SiteSession = ReviewedSession & { readonly siteId: string };

/** Rulings against what was reported. They are entries of the ledger; none is ever taken away, only overruled. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /**
   * What follows from it is derived before it is next read.
   *
   * @throws {DomainError} `not-found`; `forbidden` unless the caller rules over the site and may name its people, or rules on a
   *   dispute; and in their own case; `conflict` when it would change nothing; `invalid-request` of a stretch outside the session.
   */
  async make(sessionId: string, made: MakeOverride, caller: Caller): Promise<OverrideView> {
    const { kind, reason } = made;
    return this.database.transaction(async (tx) => {
      const learnerId = await learnerOf(tx, sessionId, made);
      requireOthers(caller, learnerId);
      const session = await this.sessionFor(tx, sessionId, learnerId, caller);
      if (!made.disputeId) await this.requireNames(caller, session.siteId);
      const stretch = stretchOf(session, kind === 'attest' ? made : {});
      await this.requireSense(tx, session, learnerId, kind);
      const id = uuidv7();
      const by = actorOf(caller);
      const view = await insertOverride(tx, { id, sessionId, learnerId, kind, reason, by, ...stretch });
      const facts = { override: id, session: sessionId, learner: auditedLearner(learnerId), kind, ...stretch };
      await appendAudit(tx, { by, deed: 'presence-overridden', facts });
      return view;
    });
  }

  private async sessionFor(tx: EntityManager, sessionId: string, learnerId: string, caller: Caller) {
    const isThere = (await holdLearner(tx, learnerId)) && (await lockSession(tx, sessionId));
    const session = isThere ? await reviewedSession(tx, sessionId) : undefined;
    if (!session?.siteId) throw new DomainError('not-found', 'There is no such session of a site, or no such learner.');
    await this.authority.require(caller, RULERS, { siteId: session.siteId });
    return { ...session, siteId: session.siteId };
  }

  /** Or a ruling on somebody would tell, by what it is answered, whether they were there. */
  private async requireNames(caller: Caller, siteId: string): Promise<void> {
    if (await this.names.mayName(caller, siteId)) return;
    throw new DomainError('forbidden', 'Who sees no names there rules on what is disputed, by the dispute.');
  }

  private async requireSense(
    tx: EntityManager,
    session: SiteSession,
    learnerId: string,
    kind: OverrideKind,
  ): Promise<void> {
    if (kind !== 'attest') {
      requireChange(session, learnerId, kind);
      return;
    }
    if (session.kind === 'personal') throw new DomainError('conflict', 'Nobody else can be in a personal session.');
    const isKnown =
      session.named.has(learnerId) || (await isOnRoster(tx, learnerId, session.siteId, new Date(session.startedMs)));
    if (!isKnown) throw new DomainError('forbidden', 'The learner is not on the roster of the site of this session.');
  }
}

/** Of a dispute, answered or not, whoever has raised it. @throws {DomainError} `not-found` when it is about another session */
async function learnerOf(
  db: EntityManager,
  sessionId: string,
  { learnerId, disputeId }: MakeOverride,
): Promise<string> {
  const ruledOn = disputeId === undefined ? learnerId : await disputantOf(db, disputeId, sessionId);
  if (ruledOn !== undefined) return ruledOn;
  throw new DomainError('not-found', 'There is no such dispute about this session.');
}

function requireChange(session: SiteSession, learnerId: string, kind: 'annul' | 'restore'): void {
  const isRuled = (session.overrides.get(learnerId) ?? 'restore') !== 'restore';
  const isChange = kind === 'annul' ? session.named.has(learnerId) : isRuled;
  if (!isChange) throw new DomainError('conflict', 'This is how it stands already.');
}
