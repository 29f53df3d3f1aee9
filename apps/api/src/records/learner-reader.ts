import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { type KnownLearner, knownLearner } from './learner-record.queries.js';

/** Who may read what a learner has watched: the learner, and those who keep a roster with them on it. */
@Injectable()
export class LearnerReader {
  constructor(
    private readonly database: DataSource,
    private readonly names: Names,
  ) {}

  /** @throws {DomainError} `forbidden`, `not-found` */
  async require(learnerId: string, caller: Caller): Promise<KnownLearner> {
    const learner = await knownLearner(this.database, learnerId);
    if (!(await this.names.mayRead(caller, learnerId, learner?.sites ?? []))) {
      throw new DomainError('forbidden', 'Only the learner, and those who keep a roster that they are on, see this.');
    }
    if (!learner) throw new DomainError('not-found', `There is no learner ${learnerId}.`);
    return learner;
  }
}
