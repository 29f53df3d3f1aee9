import type { CheckPin, HallView } from '#libs/contracts';
import { Learner } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Attempts, type Limit } from '../http/attempts.js';
import type { Caller } from '../http/caller.js';
import { Passwords } from '../http/passwords.js';
import { CARD_ITERATIONS, cardCheckOf, cardSaltOf } from './card-checks.js';
import { keepCardChecks, type NewCheck, type RosterRow, wholeRoster } from './roster.queries.js';
import { SitesService } from './sites.service.js';

/** So that a large roster of new cards keeps no core busy for longer than a second or two; the next reading has the rest. */
const MOST_CHECKS_AT_ONCE = 50;

/** What the hall of a device needs, with and without a link. */
@Injectable()
export class HallService {
  constructor(
    private readonly database: DataSource,
    private readonly attempts: Attempts,
    private readonly passwords: Passwords,
    private readonly sites: SitesService,
  ) {}

  async read(caller: Caller): Promise<HallView> {
    const siteId = caller.kind === 'device' ? caller.siteId : '';
    const site = await this.sites.find(siteId, caller);
    const roster = await wholeRoster(this.database.manager, siteId);
    const fresh = await this.checkNewCards(roster, siteId);
    return {
      site,
      cards: { salt: cardSaltOf(siteId), iterations: CARD_ITERATIONS },
      roster: roster.map(({ id, name, code, hasPin, cardCheck }) => {
        return { id, name, code, hasPin, cardCheck: cardCheck ?? fresh.get(id) ?? null };
      }),
    };
  }

  /** @throws {DomainError} `wrong-credentials`, also for somebody who is on another roster; `too-many-attempts`. */
  async checkPin({ learnerId, pin }: CheckPin, caller: Caller): Promise<void> {
    const { deviceId, siteId } = caller.kind === 'device' ? caller : { deviceId: '', siteId: '' };
    const limits: [Limit, Limit] = [
      { subject: `pin of:${learnerId} at:${deviceId}`, failures: 10 },
      { subject: `pins at:${deviceId}`, failures: 100, countsOnce: true },
    ];
    const isRight = await this.attempts.within(limits, async () => {
      const roster = await wholeRoster(this.database.manager, siteId);
      const isHere = roster.some(({ id }) => id === learnerId);
      const learner = isHere ? await this.database.manager.findOneBy(Learner, { id: learnerId }) : null;
      return (await this.passwords.verify(pin, learner?.pinHash)) || undefined;
    });
    if (!isRight) throw new DomainError('wrong-credentials', 'This PIN is not the learner’s.');
  }

  private async checkNewCards(roster: readonly RosterRow[], siteId: string): Promise<ReadonlyMap<string, string>> {
    const unchecked = roster.filter(({ cardHash, cardCheck }) => cardHash !== null && cardCheck === null);
    const checks = await Promise.all(
      unchecked.slice(0, MOST_CHECKS_AT_ONCE).map(async ({ id, cardHash }): Promise<NewCheck> => {
        const hash = cardHash ?? '';
        return { id, cardHash: hash, cardCheck: await cardCheckOf(hash, siteId) };
      }),
    );
    if (checks.length > 0) await keepCardChecks(this.database.manager, siteId, checks);
    return new Map(checks.map(({ id, cardCheck }) => [id, cardCheck]));
  }
}
