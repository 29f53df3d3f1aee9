import { SignInFailure } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { recentFailures } from './attempts.queries.js';
import { InTurn } from './in-turn.js';
import { hashOf } from './secrets.js';

/** How many failures within 15 minutes a subject may have before it has to wait. */
export interface Limit {
  readonly subject: string;
  readonly failures: number;
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
      await this.refuseMore(limits);
      const found = await identify();
      if (found === undefined) await this.record(limits);
      return found;
    });
  }

  private async refuseMore(limits: readonly Limit[]): Promise<void> {
    const hashes = limits.map(({ subject }) => hashOf(subject));
    const failures = await recentFailures(this.database.manager, hashes);
    if (limits.some((limit, index) => (failures[index] ?? 0) >= limit.failures)) {
      throw new DomainError('too-many-attempts', 'Too many failed attempts. Try again in a few minutes.');
    }
  }

  private async record(limits: readonly Limit[]): Promise<void> {
    const rows = limits.map(({ subject }) => ({ id: uuidv7(), subjectHash: hashOf(subject) }));
    await this.database.manager.insert(SignInFailure, rows);
  }
}
