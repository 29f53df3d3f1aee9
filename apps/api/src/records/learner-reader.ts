import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { type KnownLearner, knownLearner } from './learner-record.queries.js';
import { KEEPERS } from './reader.js';

/** Who may read what a learner has watched: the learner, and those who answer for a roster with them on it. */
@Injectable()
export class LearnerReader {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /** @throws {DomainError} `forbidden`, `not-found` */
  async require(learnerId: string, caller: Caller): Promise<KnownLearner> {
    const learner = await knownLearner(this.database, learnerId);
    if (!(await this.mayRead(learnerId, learner?.sites ?? [], caller))) {
      throw new DomainError('forbidden', 'Only the learner, and those who answer for the roster, see this record.');
    }
    if (!learner) throw new DomainError('not-found', `There is no learner ${learnerId}.`);
    return learner;
  }

  private async mayRead(learnerId: string, sites: readonly string[], caller: Caller): Promise<boolean> {
    if (caller.kind === 'person' && caller.learnerId === learnerId) return true;
    for (const siteId of sites) {
      if (caller.kind === 'device' && caller.siteId === siteId) return true;
      if (await this.authority.holds(caller, KEEPERS, { siteId })) return true;
    }
    return false;
  }
}
