import type { SiteRecord, SiteRecordQuery } from '#libs/contracts';
import { catchUp, freshAt } from '#libs/database';
import { DomainError, shownRatio } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { audienceOf } from './audience.js';
import { type Cell, csv } from './csv.js';
import { COUNTERS, KEEPERS } from './reader.js';
import {
  siteCredits,
  siteLearners,
  siteLectures,
  siteSessions,
  siteTotals,
  type SiteLectureRow,
  type SiteSpell,
} from './site-record.queries.js';
import { siteOf } from './site.queries.js';

const COLUMNS = [
  'lecture',
  'edition',
  'grade',
  'people',
  'learner_code',
  'learner',
  'coverage',
  'covered_ms',
  'duration_ms',
  'minutes_ms',
  'credit_ms',
  'complete',
];
const GRADES = ['A', 'B', 'C', 'D'] as const;

@Injectable()
export class SiteRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async read(siteId: string, query: SiteRecordQuery, caller: Caller): Promise<SiteRecord> {
    const mayName = await this.requireReader(siteId, caller);
    const db = this.database.manager;
    const site = await siteOf(db, siteId);
    if (!site) throw new DomainError('not-found', `There is no site ${siteId}.`);
    await catchUp(this.database, { siteId });
    const spell = spellOf(siteId, query);
    const lectures = await siteLectures(db, spell);
    const sessions = mayName ? await siteSessions(db, spell) : null;
    return {
      siteId,
      siteName: site.name,
      timeZone: site.time_zone,
      freshAt: (await freshAt(db, { siteId })).toISOString(),
      ...audienceOf(await siteTotals(db, spell), mayName),
      lectures: lectures.map((row) => ({
        ...audienceOf(row, mayName),
        lectureId: row.lecture_id,
        lectureTitle: row.lecture_title,
        editionId: row.edition_id,
        editionNumber: row.number,
      })),
      learners: mayName ? await siteLearners(db, spell) : null,
      sessions: sessions?.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })) ?? null,
    };
  }

  /** A line for everybody who watched a lecture here, and one for its heads; for those who see counts only, a line a grade. */
  async table(siteId: string, query: SiteRecordQuery, caller: Caller): Promise<string> {
    const mayName = await this.requireReader(siteId, caller);
    await catchUp(this.database, { siteId });
    const db = this.database.manager;
    const spell = spellOf(siteId, query);
    const lectures = await siteLectures(db, spell);
    if (!mayName) return csv(COLUMNS, lectures.flatMap(countLines));
    const named = (await siteCredits(db, spell)).map((row): Cell[] => [
      row.lecture_title,
      row.number,
      row.grade,
      1,
      row.code,
      row.name,
      shownRatio(row.covered_ms, row.length_ms),
      row.covered_ms,
      row.length_ms,
      row.minutes_ms,
      row.credit_ms,
      row.complete,
    ]);
    return csv(COLUMNS, [...named, ...lectures.flatMap(headLine)]);
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

const heads = (row: SiteLectureRow, grade: string, people: number | null): Cell[] => [
  row.lecture_title,
  row.number,
  grade,
  people ?? '<5',
  ...Array.from({ length: COLUMNS.length - 4 }, () => null),
];

const headLine = (row: SiteLectureRow): Cell[][] => (row.d > 0 ? [heads(row, 'D', row.d)] : []);

function countLines(row: SiteLectureRow): Cell[][] {
  const { byGrade } = audienceOf(row, false);
  return GRADES.map((grade) => heads(row, grade, byGrade[grade]));
}
