import type { LectureLearnerRecord, LectureRecord, LectureRecordQuery } from '#libs/contracts';
import { catchUp, freshAt } from '#libs/database';
import { completionRule } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import type { Language } from '../http/language.js';
import { LectureAccess } from '../http/lecture-access.js';
import { Names } from '../http/names.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { audienceOf } from './audience.js';
import {
  keyOfLearner,
  lectureLearners,
  lectureSites,
  lectureTitle,
  type LectureLearnerRow,
  type Reach,
} from './lecture-record.queries.js';
import { lectureTable } from './lecture-table.js';
import { COUNTERS } from './reader.js';

const SITES_SHOWN = 200;

@Injectable()
export class LectureRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly names: Names,
    private readonly access: LectureAccess,
  ) {}

  async read(lectureId: string, { limit, after }: LectureRecordQuery, caller: Caller): Promise<LectureRecord> {
    const title = await this.freshTitle(lectureId, caller);
    const db = this.database.manager;
    const [counts, names] = [this.counts(caller), this.names.reach(caller)];
    const learners = await lectureLearners(db, { lectureId, names, after: keyOf(after, 3), limit });
    const sites = await lectureSites(db, { lectureId, counts, names, limit: SITES_SHOWN + 1 });
    return {
      ...pageOfRows(learners, limit, keyOfLearner, recordOf),
      lectureId,
      lectureTitle: title,
      freshAt: (await freshAt(this.database, 'anybody')).toISOString(),
      sitesTruncated: sites.length > SITES_SHOWN,
      sites: sites.slice(0, SITES_SHOWN).map((row) => {
        return { ...audienceOf(row, row.may_name), siteId: row.site_id, siteName: row.site_name };
      }),
    };
  }

  /** Everybody whose name the caller may see, then the heads of those sites, and the counts of the others. */
  async table(lectureId: string, caller: Caller, language: Language): Promise<AsyncIterable<string>> {
    await this.freshTitle(lectureId, caller);
    const reach = { lectureId, counts: this.counts(caller), names: this.names.reach(caller) };
    return lectureTable(this.database.manager, reach, language);
  }

  /** @throws {DomainError} `not-found` unless the caller sees the lecture. */
  private async freshTitle(lectureId: string, caller: Caller): Promise<string> {
    await this.access.requireSight(caller, lectureId);
    await catchUp(this.database, 'anybody');
    return lectureTitle(this.database.manager, lectureId);
  }

  private counts(caller: Caller): Reach {
    return { siteIds: this.authority.sitesOf(caller), unitIds: this.authority.unitsOfRoles(caller, COUNTERS) };
  }
}

const recordOf = (row: LectureLearnerRow): LectureLearnerRecord => ({
  learnerId: row.learner_id,
  name: row.name,
  siteId: row.site_id,
  siteName: row.site_name,
  editionId: row.edition_id,
  grade: row.grade,
  editionNumber: row.number,
  coveredMs: row.covered_ms,
  durationMs: row.length_ms,
  minutesMs: row.minutes_ms,
  creditMs: row.credit_ms,
  complete: row.complete,
  ruleVersion: row.rule_version ?? completionRule.version,
  byGrade: { A: row.a_ms, B: row.b_ms, C: row.c_ms },
});
