import type { PageQuery, RefusedStatementPage, XapiOverview } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { pageOfRows } from '../http/paging.js';
import { refusedStatements, sendAgain, sendOneAgain, xapiOverview } from './xapi.queries.js';

/** What is told to a learning record store, for whoever answers for the whole house. */
@Injectable()
export class XapiService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async view(caller: Caller): Promise<XapiOverview> {
    await this.require(caller);
    return xapiOverview(this.database.manager);
  }

  async refused(query: PageQuery, caller: Caller): Promise<RefusedStatementPage> {
    await this.require(caller);
    const rows = await refusedStatements(this.database.manager, query);
    return pageOfRows(
      rows,
      query.limit,
      ({ refusedAt, id }) => [refusedAt, id],
      (row) => row,
    );
  }

  async retry(caller: Caller): Promise<void> {
    await this.require(caller);
    await this.database.transaction(sendAgain);
  }

  /** @throws {DomainError} `not-found` unless it is one that was refused. */
  async retryOne(id: string, caller: Caller): Promise<void> {
    await this.require(caller);
    if (!(await sendOneAgain(this.database.manager, id)))
      throw new DomainError('not-found', `No statement ${id} was refused.`);
  }

  private async require(caller: Caller): Promise<void> {
    if (await this.authority.isOverAll(caller, ['admin'])) return;
    throw new DomainError('forbidden', 'Only an admin of the root answers for what is told outside the house.');
  }
}
