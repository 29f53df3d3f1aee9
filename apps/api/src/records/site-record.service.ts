import type { SiteRecord, SiteRecordQuery } from '#libs/contracts';
import { broughtUpToDate } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { csv } from '../http/csv.js';
import type { Language } from '../http/language.js';
import { countsByGrade, creditCells } from './cells.js';
import { headingsOf, type RecordLine } from './headings.js';
import { type SiteCreditRow, siteCredits } from './site-credit.queries.js';
import { siteLectures, type SiteLectureRow, type SiteSpell } from './site-record.queries.js';
import { SiteReader } from './site-reader.js';
import { siteRecord } from './site-whole.queries.js';
import { partTotals, totalsOf } from './totals.js';

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
    private readonly reader: SiteReader,
  ) {}

  async read(siteId: string, query: SiteRecordQuery, caller: Caller): Promise<SiteRecord> {
    const mayName = await this.reader.require(siteId, caller);
    const freshAt = await broughtUpToDate(this.database, { siteId });
    const site = await siteRecord(this.database, spellOf(siteId, query), mayName);
    if (!site) throw new DomainError('not-found', `There is no site ${siteId}.`);
    return {
      siteId,
      siteName: site.name,
      timeZone: site.time_zone,
      freshAt: freshAt.toISOString(),
      ...totalsOf(site.totals, mayName),
      lectures: site.lectures.map((row) => ({
        ...partTotals(row, mayName),
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
    const mayName = await this.reader.require(siteId, caller);
    await broughtUpToDate(this.database, { siteId });
    const db = this.database.manager;
    const spell = spellOf(siteId, query);
    const lectures = await siteLectures(db, spell);
    if (!mayName) return csv(COLUMNS, [lectures.flatMap(countLines)], language);
    const named = await siteCredits(db, spell);
    return csv(COLUMNS, [named.map(lineOf), lectures.flatMap(headLine)], language);
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
