import { SignInFailure } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { hashOf } from '../http/secrets.js';
import { InTurn } from './in-turn.js';
import type { Limit } from './sign-in-limits.js';
import { recentFailures } from './sign-in.queries.js';

/** Slows down guessing. Only failures count, so that a whole hall may sign in at once. */
@Injectable()
export class SignInFailures {
  private readonly turns = new InTurn();

  constructor(private readonly database: DataSource) {}

  /**
   * Tries a sign-in within its limits. Attempts on the same subject wait for each other: a thousand at once are no way
   * round the count.
   *
   * @throws {DomainError} `too-many-attempts`, or `wrong-credentials` when the attempt finds nobody.
   */
  attempt<T>(limits: readonly Limit[], identify: () => Promise<T | undefined>): Promise<T> {
    return this.turns.run(limits[0]?.subject ?? '', async () => {
      await this.refuseMore(limits);
      const found = await identify();
      if (found !== undefined) return found;
      await this.record(limits);
      throw new DomainError('wrong-credentials', 'Nobody signs in with this.');
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
