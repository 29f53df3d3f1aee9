import type { AddLearner, LearnerView, Page, RoleName, RosterQuery } from '#libs/contracts';
import { Learner } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Attempts } from '../http/attempts.js';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { Passwords } from '../http/passwords.js';
import { hashOf } from '../http/secrets.js';
import { enter, leave, listRoster } from './roster.queries.js';
import { SitesService } from './sites.service.js';

/** Who answers for a roster. */
const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** Within 15 minutes, by whoever claims to have learners before them. */
const WRONG_CLAIMS = 10;

type Secrets = Partial<Pick<Learner, 'cardHash' | 'pinHash'>>;
type Shown = Pick<AddLearner, 'card' | 'pin'>;

const count = ({ card, pin }: Shown) => [card, pin].filter((secret) => secret !== undefined).length;

/** Who learns at which site. */
@Injectable()
export class RosterService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly sites: SitesService,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
  ) {}

  async list(siteId: string, query: RosterQuery, caller: Caller): Promise<Page<LearnerView>> {
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
   * @throws {DomainError} `conflict` when the code or card is somebody else's; `forbidden` for a learner of other rosters
   *   whose present card or PIN the caller does not show, and to change the card or PIN of a learner on any roster that
   *   the caller does not answer for: that would be a way to become them.
   */
  async add(siteId: string, learner: AddLearner, caller: Caller): Promise<LearnerView> {
    await this.authority.require(caller, KEEPERS, { siteId });
    const known = await this.database.manager.findOneBy(Learner, { code: learner.code });
    const secrets = known ? await this.changeOf(known, learner, caller) : await this.secretsOf(learner);
    const id = known?.id ?? uuidv7();
    const { cardHash, pinHash } = await this.database.transaction(async (tx) => {
      if (!known) await tx.insert(Learner, { id, code: learner.code, name: learner.name, ...secrets });
      else if (Object.keys(secrets).length > 0) await tx.update(Learner, id, secrets);
      await enter(tx, siteId, id);
      return tx.findOneByOrFail(Learner, { id });
    });
    return { id, name: learner.name, code: learner.code, hasCard: cardHash !== null, hasPin: pinHash !== null };
  }

  /** @throws {DomainError} `not-found` when the learner is not on this roster. */
  async remove(siteId: string, learnerId: string, caller: Caller): Promise<void> {
    await this.authority.require(caller, KEEPERS, { siteId });
    const left = await this.database.transaction((tx) => leave(tx, siteId, learnerId));
    if (!left) throw new DomainError('not-found', 'This learner is not on the roster.');
  }

  /** What is to be changed about a learner: the card or PIN in the request, where it is not the present one. */
  private async changeOf(known: Learner, learner: AddLearner, caller: Caller): Promise<Secrets> {
    const held = await this.authority.overLearner(caller, KEEPERS, known.id);
    const fresh = await this.newTo(known, learner);
    if (held === 'none' || (held === 'some' && count(learner) > 0)) {
      await this.requireClaim(caller, learner.code, count(fresh) < count(learner));
    }
    if (known.name !== learner.name) {
      throw new DomainError('conflict', 'This learner code belongs to somebody of another name.');
    }
    if (held !== 'all' && count(fresh) > 0) throw notYours();
    return this.secretsOf(fresh);
  }

  /** The card and PIN in the request without those that the learner has already. */
  private async newTo({ cardHash, pinHash }: Learner, { card, pin }: Shown): Promise<Shown> {
    const hasCard = card !== undefined && hashOf(card) === cardHash;
    const hasPin = pin !== undefined && (await this.passwords.verify(pin, pinHash));
    return { ...(hasCard ? {} : { card }), ...(hasPin ? {} : { pin }) };
  }

  /** @throws {DomainError} `forbidden` unless shown; `too-many-attempts`, since a PIN is soon guessed. */
  private async requireClaim(caller: Caller, code: string, isShown: boolean): Promise<void> {
    const claimant = caller.kind === 'person' ? caller.id : '';
    const by = { subject: `claims by:${claimant}`, failures: WRONG_CLAIMS };
    const of = { subject: `claims of:${code}`, failures: WRONG_CLAIMS };
    const shown = await this.attempts.within([by, of], () => Promise.resolve(isShown || undefined));
    if (!shown) throw notYours();
  }

  private async secretsOf({ card, pin }: Shown): Promise<Secrets> {
    return {
      ...(card === undefined ? {} : { cardHash: hashOf(card) }),
      ...(pin === undefined ? {} : { pinHash: await this.passwords.hash(pin) }),
    };
  }
}

const notYours = () =>
  new DomainError('forbidden', 'This learner is on rosters of others: their present card or PIN is needed.');
