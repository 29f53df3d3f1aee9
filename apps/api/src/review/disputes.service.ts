import type { AnswerDispute, DisputeItem, DisputeQuery, DisputeView, Page, RaiseDispute } from '#libs/contracts';
import { appendAudit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import {
  answerDispute,
  concernOf,
  disputePage,
  disputeView,
  holdLearner,
  insertDispute,
  lockDispute,
  openDisputes,
} from './disputes.queries.js';
import { auditedCaller, auditedLearner, isLearner, KEEPERS, reachOf, requireOthers } from './reach.js';

/** More than that wait for an answer already. */
const MOST_OPEN = 20;

/** What learners say against their record, and what is answered. Neither changes a number. */
@Injectable()
export class DisputesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /**
   * @throws {DomainError} `forbidden` unless it is the learner's own record; `not-found` when nothing of the session is about
   *   them; `conflict` when one about it is open already; `too-many-attempts` when too many are.
   */
  async raise(learnerId: string, { sessionId, words }: RaiseDispute, caller: Caller): Promise<DisputeView> {
    if (!isLearner(caller, learnerId)) {
      throw new DomainError('forbidden', 'Only the learner disputes what stands in their record.');
    }
    return this.database.transaction(async (tx) => {
      if (!(await holdLearner(tx, learnerId))) throw new DomainError('not-found', `There is no learner ${learnerId}.`);
      const { editionId, siteId } = await this.placeOf(tx, learnerId, sessionId);
      const id = uuidv7();
      await insertDispute(tx, { id, sessionId, editionId, learnerId, siteId, words });
      const view = await disputeView(tx, id);
      const facts = { dispute: id, session: sessionId, learner: auditedLearner(learnerId) };
      await appendAudit(tx, { by: auditedCaller(caller, true), deed: 'dispute-raised', facts });
      return view;
    });
  }

  async list(query: DisputeQuery, caller: Caller): Promise<Page<DisputeItem>> {
    const [after = null] = keyOf(query.after, 1);
    const reach = reachOf(this.authority, caller, KEEPERS);
    return pageOfRows(
      await disputePage(this.database.manager, query, after, { reach, names: this.names.reach(caller) }),
      query.limit,
      ({ id }) => [id],
      (item) => item,
    );
  }

  /** @throws {DomainError} `not-found`, `forbidden`; `conflict` when it is answered. */
  async answer(id: string, { words }: AnswerDispute, caller: Caller): Promise<DisputeView> {
    return this.database.transaction(async (tx) => {
      const dispute = await lockDispute(tx, id);
      if (!dispute) throw new DomainError('not-found', `There is no dispute ${id}.`);
      await this.authority.require(caller, KEEPERS, { siteId: dispute.site_id });
      requireOthers(caller, dispute.learner_id);
      if (dispute.isAnswered) throw new DomainError('conflict', 'This dispute has been answered.');
      await answerDispute(tx, id, words, actorOf(caller));
      const view = await disputeView(tx, id);
      const facts = { dispute: id, session: view.sessionId, learner: auditedLearner(dispute.learner_id) };
      await appendAudit(tx, { by: actorOf(caller), deed: 'dispute-answered', facts });
      return view;
    });
  }

  private async placeOf(tx: EntityManager, learnerId: string, sessionId: string) {
    const concern = await concernOf(tx, learnerId, sessionId);
    if (!concern?.site_id) throw new DomainError('not-found', 'Nothing of this session stands in the record.');
    const open = await openDisputes(tx, learnerId, sessionId);
    if (open.ofSession > 0) throw new DomainError('conflict', 'One about this session waits for its answer.');
    if (open.all >= MOST_OPEN) throw new DomainError('too-many-attempts', 'Too many wait for their answer.');
    return { editionId: concern.edition_id, siteId: concern.site_id };
  }
}
