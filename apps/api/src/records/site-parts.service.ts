import type { SiteBreakdown, SiteParts, SitePartsQuery } from '#libs/contracts';
import { broughtUpToDate } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import type { Language } from '../http/language.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { PARTS_AT_ONCE, partTable } from './part-table.js';
import { categoryParts, dayParts, keyOfPart, lectureParts, pageOfParts, SITE_DAYS } from './parts.queries.js';
import { SiteReader } from './site-reader.js';
import { recordPart } from './totals.js';

/** What was watched at a site, taken apart by lecture, category or day. */
@Injectable()
export class SitePartsService {
  constructor(
    private readonly database: DataSource,
    private readonly reader: SiteReader,
  ) {}

  /** @throws {DomainError} `forbidden` */
  async read(siteId: string, query: SitePartsQuery, caller: Caller, language: Language): Promise<SiteParts> {
    const mayName = await this.reader.require(siteId, caller);
    const freshAt = await broughtUpToDate(this.database, { siteId });
    const page = { ...spellOf(siteId, query), after: keyOf(query.after, 2), limit: query.limit };
    const rows = await pageOfParts(this.database.manager, breakdownOf(query.by, language), page);
    return {
      ...pageOfRows(rows, query.limit, keyOfPart, (row) => recordPart(row, mayName)),
      siteId,
      freshAt: freshAt.toISOString(),
    };
  }

  async table(
    siteId: string,
    query: SitePartsQuery,
    caller: Caller,
    language: Language,
  ): Promise<AsyncIterable<string>> {
    const mayName = await this.reader.require(siteId, caller);
    await broughtUpToDate(this.database, { siteId });
    const of = { ...spellOf(siteId, query), limit: PARTS_AT_ONCE };
    const parts = breakdownOf(query.by, language);
    return partTable((after) => pageOfParts(this.database.manager, parts, { ...of, after }), mayName, language);
  }
}

const spellOf = (id: string, { from, to }: SitePartsQuery) => ({ id, from: from ?? null, to: to ?? null });

const breakdownOf = (by: SiteBreakdown, language: Language): string =>
  ({
    lecture: lectureParts(SITE_DAYS),
    day: dayParts(SITE_DAYS),
    category: categoryParts(SITE_DAYS, language),
  })[by];
