import type { SiteRecord, SiteRecordQuery } from '#libs/contracts';
import { broughtUpToDate } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { csv } from '../http/csv.js';
import type { Language } from '../http/language.js';
import { audienceOf } from './audience.js';
import { countsByGrade, creditCells } from './cells.js';
import { headingsOf, type RecordLine } from './headings.js';
import { COUNTERS, KEEPERS } from './reader.js';
import { type SiteCreditRow, siteCredits } from './site-credit.queries.js';
import { siteLectures, type SiteLectureRow, type SiteSpell } from './site-record.queries.js';
import { siteRecord } from './site-whole.queries.js';

const COLUMNS = headingsOf([
  'lecture',
  'edition',
  'grade',
  'people',
  'code',
  'learner',
  'coverage',
  'covered_minutes',
  'covered_ms',
  'length_minutes',
  'length_ms',
  'watched_minutes',
  'watched_ms',
  'credit_minutes',
  'credit_ms',
  'complete',
]);

@Injectable()
export class SiteRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async read(siteId: string, query: SiteRecordQuery, caller: Caller): Promise<SiteRecord> {
    const mayName = await this.requireReader(siteId, caller);
    const freshAt = await broughtUpToDate(this.database, { siteId });
    const site = await siteRecord(this.database, spellOf(siteId, query), mayName);
    if (!site) throw new DomainError('not-found', `There is no site ${siteId}.`);
    return {
      siteId,
      siteName: site.name,
      timeZone: site.time_zone,
      freshAt: freshAt.toISOString(),
      ...audienceOf(site.totals, mayName),
      lectures: site.lectures.map((row) => ({
        ...audienceOf(row, mayName),
        lectureId: row.lecture_id,
        lectureTitle: row.lecture_title,
        editionId: row.edition_id,
        editionNumber: row.number,
      })),
      learners: site.learners,
      sessions: site.sessions?.map((row) => ({ ...row, startedAt: new Date(row.startedAt).toISOString() })) ?? null,
    };
  }

  /** A line for everybody who watched a lecture here, and one for its heads; for those who see counts only, a line a grade. */
  async table(
    siteId: string,
    query: SiteRecordQuery,
    caller: Caller,
    language: Language,
  ): Promise<AsyncIterable<string>> {
    const mayName = await this.requireReader(siteId, caller);
    await broughtUpToDate(this.database, { siteId });
    const db = this.database.manager;
    const spell = spellOf(siteId, query);
    const lectures = await siteLectures(db, spell);
    if (!mayName) return csv(COLUMNS, [lectures.flatMap(countLines)], language);
    const named = await siteCredits(db, spell);
    return csv(COLUMNS, [named.map(lineOf), lectures.flatMap(headLine)], language);
  }

  /** Whether the caller may see names. @throws {DomainError} `forbidden` when not even counts. */
  private async requireReader(siteId: string, caller: Caller): Promise<boolean> {
    if (caller.kind === 'device' && caller.siteId === siteId) return true;
    if (await this.authority.holds(caller, KEEPERS, { siteId })) return true;
    await this.authority.require(caller, COUNTERS, { siteId });
    return false;
  }
}

const spellOf = (siteId: string, { from, to }: SiteRecordQuery): SiteSpell => {
  return { siteId, from: from ?? null, to: to ?? null };
};

const lineOf = (row: SiteCreditRow): RecordLine => ({
  lecture: row.lecture_title,
  edition: row.number,
  grade: row.grade,
  people: 1,
  code: row.code,
  learner: row.name,
  ...creditCells(row),
});

const lectureOf = (row: SiteLectureRow): RecordLine => ({ lecture: row.lecture_title, edition: row.number });

const headLine = (row: SiteLectureRow): RecordLine[] =>
  row.d > 0 ? [{ ...lectureOf(row), grade: 'D', people: row.d }] : [];

const countLines = (row: SiteLectureRow): RecordLine[] =>
  countsByGrade(row).map((counted) => ({ ...lectureOf(row), ...counted }));
