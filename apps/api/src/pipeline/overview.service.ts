import type { PipelineOverview, PipelineOverviewQuery } from '#libs/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { csv } from '../http/csv.js';
import type { Language } from '../http/language.js';
import {
  countUnderWay,
  editionsUnderWay,
  lastDay,
  queueDepths,
  type Reach,
  workersHeardOf,
} from './overview.queries.js';
import { isHousePaused } from './pipeline.queries.js';
import {
  editionHeadings,
  editionLine,
  queueHeadings,
  queueLine,
  workerHeadings,
  workerLine,
} from './pipeline.tables.js';

const SHOWN = 200;

/** All work on lectures at once, as far as the caller answers for it. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async view(caller: Caller): Promise<PipelineOverview> {
    const db = this.database.manager;
    const reach = await this.reachOf(caller);
    const [paused, editions, editionCount, queues, workers, day] = await Promise.all([
      isHousePaused(db),
      editionsUnderWay(db, reach, SHOWN),
      countUnderWay(db, reach),
      queueDepths(db, reach),
      this.workers(reach),
      lastDay(db, reach),
    ]);
    return { whole: reach === null, paused, editions, editionCount, queues, workers, lastDay: day };
  }

  async table(caller: Caller, { table }: PipelineOverviewQuery, language: Language): Promise<AsyncIterable<string>> {
    const db = this.database.manager;
    const reach = await this.reachOf(caller);
    switch (table) {
      case 'editions':
        return csv(editionHeadings, [(await editionsUnderWay(db, reach, null)).map(editionLine)], language);
      case 'queues':
        return csv(queueHeadings, [(await queueDepths(db, reach)).map((row) => queueLine(row, language))], language);
      case 'workers':
        return csv(
          workerHeadings,
          [((await this.workers(reach)) ?? []).map((row) => workerLine(row, language))],
          language,
        );
    }
  }

  /** Machines, and what they do for others, are the business of whoever answers for the whole house. */
  private workers(reach: Reach) {
    return reach === null ? workersHeardOf(this.database.manager) : Promise.resolve(null);
  }

  private async reachOf(caller: Caller): Promise<Reach> {
    if (await this.authority.isOverAll(caller, ['admin'])) return null;
    return this.authority.unitsOfRoles(caller, ['admin', 'librarian']);
  }
}
