import type { SessionView, SignInRequest } from '#libs/contracts';
import { Account, OutboxToken, SignIn } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { Attempts } from '../http/attempts.js';
import type { Caller } from '../http/caller.js';
import { type SignedInRow, signedIn } from '../http/credentials.queries.js';
import { hashOf, newSecret } from '../http/secrets.js';
import { accountViewOf } from './account-view.js';
import { Passwords } from '../http/passwords.js';
import { limitsOf } from './sign-in-limits.js';
import { learnerAt } from './sign-in.queries.js';

const DAY_MS = 24 * 3_600_000;
const ACCOUNT_SESSION_MS = 30 * DAY_MS;
const LEARNER_SESSION_MS = DAY_MS / 2;
const OUTBOX_MS = 180 * DAY_MS;

/** Exactly one of the two: a learner stands here who came by card or PIN, and so brings no roles of an account. */
interface Identity {
  readonly accountId: string | null;
  readonly learnerId: string | null;
}

/** What a sign-in gives: the answer, and the cookie's secret with its life in ms. */
export interface NewSession {
  readonly view: SessionView;
  readonly token: string;
  readonly lifeMs: number;
}

/** Opens and ends sessions. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
  ) {}

  /** @throws {DomainError} `wrong-credentials`, `too-many-attempts`, or `forbidden` for card or PIN on no device. */
  async signIn(request: SignInRequest, caller: Caller, address: string): Promise<NewSession> {
    if (!('login' in request) && caller.kind !== 'device') {
      throw new DomainError('forbidden', 'A card or PIN signs in on an enrolled device only.');
    }
    const limits = limitsOf(request, caller, address);
    const identity = await this.attempts.within(limits, () => this.identify(request, caller));
    if (!identity) throw new DomainError('wrong-credentials', 'Nobody signs in with this.');
    return this.database.transaction((tx) => this.open(tx, identity, caller));
  }

  /** Ends the session of this cookie, if there is one. */
  async end(token: string | undefined): Promise<void> {
    if (token) await this.database.manager.delete(SignIn, { tokenHash: hashOf(token) });
  }

  private identify(request: SignInRequest, caller: Caller): Promise<Identity | undefined> {
    if ('login' in request) return this.byPassword(request);
    const siteId = caller.kind === 'device' ? caller.siteId : '';
    return 'card' in request ? this.byCard(request, siteId) : this.byPin(request, siteId);
  }

  private async byPassword({ login, password }: { login: string; password: string }): Promise<Identity | undefined> {
    const account = await this.database.manager.findOneBy(Account, { login, disabledAt: IsNull() });
    const right = await this.passwords.verify(password, account?.passwordHash);
    return account && right ? { accountId: account.id, learnerId: null } : undefined;
  }

  private async byCard({ card }: { card: string }, siteId: string): Promise<Identity | undefined> {
    const learner = await learnerAt(this.database.manager, siteId, { cardHash: hashOf(card) });
    return learner && { accountId: null, learnerId: learner.id };
  }

  private async byPin(
    { learnerCode, pin }: { learnerCode: string; pin: string },
    siteId: string,
  ): Promise<Identity | undefined> {
    const learner = await learnerAt(this.database.manager, siteId, { code: learnerCode });
    const right = await this.passwords.verify(pin, learner?.pin_hash);
    return learner && right ? { accountId: null, learnerId: learner.id } : undefined;
  }

  private async open(tx: EntityManager, identity: Identity, caller: Caller): Promise<NewSession> {
    const token = newSecret();
    const tokenHash = hashOf(token);
    const lifeMs = identity.accountId ? ACCOUNT_SESSION_MS : LEARNER_SESSION_MS;
    await tx.insert(SignIn, {
      ...identity,
      tokenHash,
      deviceId: caller.kind === 'device' ? caller.deviceId : null,
      expiresAt: new Date(Date.now() + lifeMs),
    });
    const row = (await signedIn(tx, [tokenHash])).get(tokenHash);
    if (!row) throw new DomainError('wrong-credentials', 'Nobody signs in with this any more.');
    return { view: { account: accountViewOf(row), ...(await this.outboxOf(tx, row)) }, token, lifeMs };
  }

  private async outboxOf(tx: EntityManager, row: SignedInRow): Promise<Pick<SessionView, 'outbox'>> {
    if (!row.learner_id) return {};
    const token = newSecret();
    await tx.insert(OutboxToken, {
      tokenHash: hashOf(token),
      learnerId: row.learner_id,
      deviceId: row.device_id,
      expiresAt: new Date(Date.now() + OUTBOX_MS),
    });
    return { outbox: { token } };
  }
}
