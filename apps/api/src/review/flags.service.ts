import type { DecideFlag, FlagItem, FlagQuery, Page } from '#libs/contracts';
import { appendAudit } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { decideFlag, flagPage, flagView, lockFlag, type Sight } from './flags.queries.js';
import { reachOf, requireOthers, RULERS } from './reach.js';

/** What looks odd, before those who answer for the sites. Neither a flag nor what is decided of it changes a number. */
@Injectable()
export class FlagsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  async list(query: FlagQuery, caller: Caller): Promise<Page<FlagItem>> {
    const [after = null] = keyOf(query.after, 1);
    return pageOfRows(
      await flagPage(this.database.manager, query, after, this.sightOf(caller)),
      query.limit,
      ({ id }) => [id],
      (item) => item,
    );
  }

  /** It may be decided anew, or opened again. @throws {DomainError} `not-found`, `forbidden`, also in one’s own case */
  async decide(id: string, { state, note }: DecideFlag, caller: Caller): Promise<FlagItem> {
    return this.database.transaction(async (tx) => {
      const flag = await lockFlag(tx, id);
      if (!flag) throw new DomainError('not-found', `There is no flag ${id}.`);
      await this.authority.require(caller, RULERS, { siteId: flag.site_id });
      if (flag.learner_id) requireOthers(caller, flag.learner_id);
      const by = actorOf(caller);
      await decideFlag(tx, { id, state, note, by });
      const view = await flagView(tx, id, this.sightOf(caller));
      await appendAudit(tx, { by, deed: 'flag-decided', facts: { flag: id, state } });
      return view;
    });
  }

  private sightOf(caller: Caller): Sight {
    return { reach: reachOf(this.authority, caller, RULERS), names: this.names.reach(caller) };
  }
}
