import type { ApiConfig } from '#libs/config';
import { roles } from '#libs/contracts';
import { Account, AccountRole, appendAudit, SignIn, Unit } from '#libs/database';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG } from '../http/config.js';
import { newSecret } from '../http/secrets.js';
import { Passwords } from '../http/passwords.js';

const LOCK = 76_101;
const LOGIN = 'admin';

/** Gives an empty house its root unit and its first account, `admin`. Two APIs that start at once take turns. */
@Injectable()
export class BootstrapService implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: Passwords,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      if (!(await tx.exists(Unit))) await this.createRoot(tx);
      if (this.config.adminPassword) await this.setPassword(tx, this.config.adminPassword);
    });
  }

  /** Without ADMIN_PASSWORD nobody knows the password until a start that names one. */
  private async createRoot(tx: EntityManager): Promise<void> {
    const [unitId, accountId] = [uuidv7(), uuidv7()];
    const passwordHash = await this.passwords.hash(this.config.adminPassword ?? newSecret());
    await tx.insert(Unit, { id: unitId, name: 'Centre', kind: 'centre' });
    await tx.insert(Account, { id: accountId, login: LOGIN, name: 'Admin', passwordHash });
    const granted = roles.map((role) => ({ role, unitId, siteId: null }));
    await tx.insert(
      AccountRole,
      granted.map((role) => ({ id: uuidv7(), accountId, ...role })),
    );
    await appendAudit(tx, {
      by: 'house',
      deed: 'account-created',
      facts: { accountId, learnerId: null, roles: granted },
    });
  }

  /** A new password ends the sessions that the old one opened. */
  private async setPassword(tx: EntityManager, password: string): Promise<void> {
    const account = await tx.findOneBy(Account, { login: LOGIN });
    if (!account || (await this.passwords.verify(password, account.passwordHash))) return;
    await tx.update(Account, account.id, { passwordHash: await this.passwords.hash(password) });
    await tx.delete(SignIn, { accountId: account.id });
  }
}
