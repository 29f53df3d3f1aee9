import type { ErasurePreview, LearnerExport, RoleName } from '#libs/contracts';
import { appendAudit, catchUp, closeLedger, labelOf, Learner, relabelLedger, sessionsNaming } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { Authority } from '../http/authority.js';
import { sitesOfLearner } from '../http/authority.queries.js';
import { actorOf, type Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { buryLearner, erasurePreview, lockLearner } from './erasure.queries.js';
import { exportRows } from './export.queries.js';

/** Who may do for good what nobody can undo; and only where they answer for every roster that the learner is on. */
const ERASERS: readonly RoleName[] = ['admin', 'organiser'];

/** What a learner may ask of a house that keeps things about them (TRACKING.md 11). */
@Injectable()
export class PrivacyService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /** @throws {DomainError} `forbidden` unless it is the learner, or keeps a roster that they are on, or else were on last. */
  async export(learnerId: string, caller: Caller): Promise<LearnerExport> {
    if (!(await this.mayRead(caller, learnerId))) {
      throw new DomainError('forbidden', 'Only the learner, and those who keep a roster that they are on, have this.');
    }
    await this.deriveAll(learnerId);
    return this.database.transaction('REPEATABLE READ', async (db) => ({
      exportedAt: new Date().toISOString(),
      ...(await exportRows(db, learnerId, await sessionsNaming(db, learnerId))),
    }));
  }

  /** @throws {DomainError} `not-found`, `forbidden` */
  async preview(learnerId: string, caller: Caller): Promise<ErasurePreview> {
    await this.requireEraser(learnerId, caller);
    await this.deriveAll(learnerId);
    const db = this.database.manager;
    const sessions = await sessionsNaming(db, learnerId);
    const preview = await erasurePreview(db, learnerId, sessions.length);
    if (!preview) throw noLearner(learnerId);
    return (await this.mayRead(caller, learnerId)) ? preview : withoutRecord(preview);
  }

  /**
   * Takes away whatever tells who a learner was. What was watched stays in the ledger under a label, and so do the totals.
   *
   * @throws {DomainError} `not-found`, also when somebody was faster; `forbidden`
   */
  async erase(learnerId: string, caller: Caller): Promise<void> {
    await this.requireEraser(learnerId, caller);
    await this.database.transaction(async (db) => {
      await closeLedger(db);
      if (!(await lockLearner(db, learnerId))) throw noLearner(learnerId);
      await relabelLedger(db, learnerId);
      await buryLearner(db, learnerId);
      await appendAudit(db, { by: actorOf(caller), deed: 'learner-erased', facts: { label: labelOf(learnerId) } });
    });
    await this.deriveAll(labelOf(learnerId));
  }

  private async mayRead(caller: Caller, learnerId: string): Promise<boolean> {
    return this.names.mayRead(caller, learnerId, await sitesOfLearner(this.database.manager, learnerId));
  }

  private async requireEraser(learnerId: string, caller: Caller): Promise<void> {
    const isThere = await this.database.manager.existsBy(Learner, { id: learnerId, erasedAt: IsNull() });
    if (!isThere) throw noLearner(learnerId);
    if ((await this.authority.overLearner(caller, ERASERS, learnerId)) === 'all') return;
    throw new DomainError('forbidden', 'Only who answers for every roster that a learner is on may erase them.');
  }

  private async deriveAll(learnerId: string): Promise<void> {
    while ((await catchUp(this.database, { learnerId })) > 0);
  }
}

const withoutRecord = ({ goes, ...preview }: ErasurePreview): ErasurePreview => {
  return { ...preview, goes: { ...goes, lecturesInRecord: null }, stays: { sessions: null } };
};

const noLearner = (id: string) => new DomainError('not-found', `There is no learner ${id}.`);
