import { SignInFailure } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { recentFailures } from './attempts.queries.js';
import { InTurn } from './in-turn.js';
import { TooManyAttempts } from './problem.js';
import { hashOf } from './secrets.js';

/** How many failures within 15 minutes a subject may have before it has to wait. */
export interface Limit {
  readonly subject: string;
  readonly failures: number;
  /** Counts how many first subjects failed here rather than how often they did: one who mistypes is one. */
  readonly countsOnce?: boolean;
}

/** Slows down guessing of secrets. Only failures count, so that a whole hall may sign in at once. */
@Injectable()
export class Attempts {
  private readonly turns = new InTurn();

  constructor(private readonly database: DataSource) {}

  /**
   * Tries to identify somebody or something within the limits, and counts a failure when that finds none. Attempts on
   * the first subject wait for each other: a thousand at once are no way round the count.
   *
   * @throws {DomainError} `too-many-attempts`
   */
  within<T>(limits: readonly [Limit, ...Limit[]], identify: () => Promise<T | undefined>): Promise<T | undefined> {
    return this.turns.run(limits[0].subject, async () => {
      const hasFailed = await this.refuseMore(limits);
      const found = await identify();
      if (found === undefined) await this.record(limits.filter(({ countsOnce }) => !(countsOnce && hasFailed)));
      return found;
    });
  }

  /** Whether the first subject has failed of late. */
  private async refuseMore(limits: readonly Limit[]): Promise<boolean> {
    const hashes = limits.map(({ subject }) => hashOf(subject));
    const most = limits.map(({ failures }) => failures);
    const found = await recentFailures(this.database.manager, hashes, most);
    const waitS = Math.max(0, ...found.map(({ wait_s }) => wait_s ?? 0));
    if (waitS > 0) throw new TooManyAttempts(waitS);
    return (found[0]?.failures ?? 0) > 0;
  }

  private async record(limits: readonly Limit[]): Promise<void> {
    const rows = limits.map(({ subject }) => ({ id: uuidv7(), subjectHash: hashOf(subject) }));
    await this.database.manager.insert(SignInFailure, rows);
  }
}
