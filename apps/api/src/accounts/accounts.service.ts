import type { AccountSummary, CreateAccount, Page, PageQuery, RoleName } from '#libs/contracts';
import { Account, AccountRole, appendAudit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Authority, type Place } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { Passwords } from '../http/passwords.js';
import { closeAccount, findAccount, listAccounts } from './accounts.queries.js';

/** Accounts and the roles they hold. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly passwords: Passwords,
  ) {}

  async list(query: PageQuery, caller: Caller): Promise<Page<AccountSummary>> {
    const rows = await listAccounts(this.database.manager, this.authority.unitsOfRoles(caller, ['admin']), query);
    return pageOfRows(
      rows,
      query.limit,
      ({ name, id }) => [name, id],
      (account) => account,
    );
  }

  /**
   * @throws {DomainError} `forbidden` for a role that the caller does not hold there, or a learner whom they do not
   *   administer; `conflict` when the login is taken; `invalid-request` for an account that could do nothing.
   */
  async create({ roles, password, ...account }: CreateAccount, caller: Caller): Promise<AccountSummary> {
    if (roles.length === 0 && !account.learnerId) {
      throw new DomainError('invalid-request', 'An account needs a role or a learner.');
    }
    for (const { role, ...place } of roles) await this.requireGrant(caller, role, placeOf(place));
    if (account.learnerId) await this.requireLearner(caller, account.learnerId);
    const id = uuidv7();
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async (tx) => {
      if (await tx.existsBy(Account, { login: account.login })) {
        throw new DomainError('conflict', `The login ${account.login} is taken.`);
      }
      await tx.insert(Account, { id, passwordHash, ...account });
      await tx.insert(
        AccountRole,
        roles.map((role) => ({ id: uuidv7(), accountId: id, ...role })),
      );
      const created = await findAccount(tx, id);
      if (!created) throw new DomainError('not-found', `There is no account ${id}.`);
      await appendAudit(tx, { by: actorOf(caller), deed: 'account-created', facts: factsOf(created) });
      return created;
    });
  }

  /**
   * Ends an account that the caller administers wherever it holds a role or learns.
   *
   * @throws {DomainError} `not-found`, `forbidden`, `conflict` for the caller's own: there would be nobody to undo it.
   */
  async close(id: string, caller: Caller): Promise<void> {
    const account = await findAccount(this.database.manager, id);
    if (!account) throw new DomainError('not-found', `There is no account ${id}.`);
    if (caller.kind === 'person' && caller.id === id) throw new DomainError('conflict', 'This account is your own.');
    for (const { unitId, siteId } of account.roles) {
      await this.authority.require(caller, ['admin'], placeOf({ unitId, siteId }));
    }
    if (account.learnerId) await this.requireLearner(caller, account.learnerId);
    await this.database.transaction(async (tx) => {
      if (!(await closeAccount(tx, id))) return;
      await appendAudit(tx, { by: actorOf(caller), deed: 'account-closed', facts: factsOf(account) });
    });
  }

  /** Nobody grants what they do not hold over that place themselves. */
  private async requireGrant(caller: Caller, role: RoleName, place: Place): Promise<void> {
    await this.authority.require(caller, ['admin'], place);
    await this.authority.require(caller, [role], place);
  }

  private async requireLearner(caller: Caller, learnerId: string): Promise<void> {
    if ((await this.authority.overLearner(caller, ['admin'], learnerId)) !== 'all') {
      throw new DomainError('forbidden', 'This learner is on a roster that you do not administer, or on none.');
    }
  }
}

/** What the audit log says of an account: what it may do, not whose it is. */
const factsOf = ({ id, learnerId, roles }: AccountSummary) => ({ accountId: id, learnerId: learnerId ?? null, roles });

/** @throws {DomainError} `invalid-request` unless exactly one place is named. */
function placeOf({
  unitId,
  siteId,
}: {
  unitId?: string | null | undefined;
  siteId?: string | null | undefined;
}): Place {
  if (unitId && !siteId) return { unitId };
  if (siteId && !unitId) return { siteId };
  throw new DomainError('invalid-request', 'A role is held either on a unit or on a site.');
}
