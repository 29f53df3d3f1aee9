import type { AddLearner, LearnerView, Page, PageQuery, RoleName } from '#libs/contracts';
import { Learner } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { Passwords } from '../http/passwords.js';
import { hashOf } from '../http/secrets.js';
import { enter, leave, listRoster, sitesOfLearner } from './roster.queries.js';
import { SitesService } from './sites.service.js';

/** Who answers for a roster. */
const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** Who learns at which site. */
@Injectable()
export class RosterService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly sites: SitesService,
    private readonly passwords: Passwords,
  ) {}

  async list(siteId: string, query: PageQuery, caller: Caller): Promise<Page<LearnerView>> {
    await this.sites.require(caller, KEEPERS, siteId);
    return pageOfRows(
      await listRoster(this.database.manager, siteId, query),
      query.limit,
      ({ name, id }) => [name, id],
      (learner) => learner,
    );
  }

  /**
   * Adds a new learner, or one who exists by their code.
   *
   * @throws {DomainError} `conflict` when the code or card is somebody else's; `forbidden` to set the card or PIN of a
   *   learner on rosters that the caller does not answer for: that would be a way to become them.
   */
  async add(siteId: string, { code, name, card, pin }: AddLearner, caller: Caller): Promise<LearnerView> {
    await this.authority.require(caller, KEEPERS, { siteId });
    const secrets = {
      ...(card === undefined ? {} : { cardHash: hashOf(card) }),
      ...(pin === undefined ? {} : { pinHash: await this.passwords.hash(pin) }),
    };
    return this.database.transaction(async (tx) => {
      const known = await tx.findOneBy(Learner, { code });
      const learner = known
        ? await this.change(tx, known, name, secrets, caller)
        : await this.create(tx, { code, name, ...secrets });
      await enter(tx, siteId, learner.id);
      const { cardHash, pinHash } = learner;
      return { id: learner.id, name, code, hasCard: cardHash !== null, hasPin: pinHash !== null };
    });
  }

  /** @throws {DomainError} `not-found` when the learner is not on this roster. */
  async remove(siteId: string, learnerId: string, caller: Caller): Promise<void> {
    await this.authority.require(caller, KEEPERS, { siteId });
    const left = await this.database.transaction((tx) => leave(tx, siteId, learnerId));
    if (!left) throw new DomainError('not-found', 'This learner is not on the roster.');
  }

  private async create(
    tx: EntityManager,
    learner: Pick<Learner, 'code' | 'name'> & Partial<Pick<Learner, 'cardHash' | 'pinHash'>>,
  ): Promise<Learner> {
    const id = uuidv7();
    await tx.insert(Learner, { id, ...learner });
    return tx.findOneByOrFail(Learner, { id });
  }

  private async change(
    tx: EntityManager,
    known: Learner,
    name: string,
    secrets: Partial<Pick<Learner, 'cardHash' | 'pinHash'>>,
    caller: Caller,
  ): Promise<Learner> {
    if (known.name !== name)
      throw new DomainError('conflict', 'This learner code belongs to somebody of another name.');
    if (Object.keys(secrets).length === 0) return known;
    for (const siteId of await sitesOfLearner(tx, known.id)) await this.authority.require(caller, KEEPERS, { siteId });
    await tx.update(Learner, known.id, secrets);
    return tx.findOneByOrFail(Learner, { id: known.id });
  }
}
