import type { RetentionView, RoleName, SetRetention } from '#libs/contracts';
import { appendAudit, Unit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { retentionOf, setRetention } from './retention.queries.js';

const READERS: readonly RoleName[] = ['admin', 'organiser', 'auditor'];

/** How long the ledger keeps the detail of what was watched below a unit. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async find(unitId: string, caller: Caller): Promise<RetentionView> {
    await this.authority.require(caller, READERS, { unitId });
    return retentionOf(this.database.manager, unitId);
  }

  /** Detail that is gone does not come back. @throws {DomainError} `forbidden`, `not-found`, `retention-too-short` */
  async set(unitId: string, { own }: SetRetention, caller: Caller): Promise<RetentionView> {
    await this.authority.require(caller, ['admin'], { unitId });
    await this.database.transaction(async (tx) => {
      if (!(await tx.existsBy(Unit, { id: unitId }))) throw new DomainError('not-found', `There is no unit ${unitId}.`);
      await setRetention(tx, unitId, own);
      const kept = await retentionOf(tx, unitId);
      if (own && kept.setBy?.id !== unitId)
        throw new DomainError('retention-too-short', `${kept.setBy?.name} asks for longer than unit ${unitId} says.`);
      const facts = { unitId, own: own && { months: own.months } };
      await appendAudit(tx, { by: actorOf(caller), deed: 'retention-set', facts });
    });
    return retentionOf(this.database.manager, unitId);
  }
}
