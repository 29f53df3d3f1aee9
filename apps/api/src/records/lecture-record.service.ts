import type { LectureLearnerRecord, LectureRecord, LectureRecordQuery, RoleName } from '#libs/contracts';
import { catchUp, freshAt } from '#libs/database';
import { DomainError, shownRatio } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { audienceOf } from './audience.js';
import { csv } from './csv.js';
import {
  lectureLearners,
  lectureSites,
  lectureTitle,
  type LectureLearnerRow,
  type Reach,
} from './lecture-record.queries.js';
import { COUNTERS, KEEPERS } from './reader.js';

const COLUMNS = [
  'site',
  'learner_code',
  'learner',
  'edition',
  'coverage',
  'covered_ms',
  'duration_ms',
  'minutes_ms',
  'credit_ms',
  'complete',
  'rule_version',
  'covered_A_ms',
  'covered_B_ms',
  'covered_C_ms',
];
const LONGEST_TABLE = 100_000;

@Injectable()
export class LectureRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  async read(lectureId: string, { limit, after }: LectureRecordQuery, caller: Caller): Promise<LectureRecord> {
    const title = await this.freshTitle(lectureId);
    const db = this.database.manager;
    const [counts, names] = [this.reach(caller, COUNTERS), this.reach(caller, KEEPERS)];
    const learners = await lectureLearners(db, { lectureId, names, after: keyOf(after, 2), limit });
    const sites = await lectureSites(db, { lectureId, counts, names });
    return {
      ...pageOfRows(learners, limit, (row) => [row.edition_id, row.learner_id], recordOf),
      lectureId,
      lectureTitle: title,
      freshAt: (await freshAt(db, 'anybody')).toISOString(),
      sites: sites.map((row) => {
        return { ...audienceOf(row, row.may_name), siteId: row.site_id, siteName: row.site_name };
      }),
    };
  }

  /** Everybody whose name the caller may see. */
  async table(lectureId: string, caller: Caller): Promise<string> {
    await this.freshTitle(lectureId);
    const names = this.reach(caller, KEEPERS);
    const after = keyOf(undefined, 2);
    const rows = await lectureLearners(this.database.manager, { lectureId, names, after, limit: LONGEST_TABLE });
    return csv(
      COLUMNS,
      rows.map((row) => [
        row.site_name,
        row.code,
        row.name,
        row.number,
        shownRatio(row.covered_ms, row.length_ms),
        row.covered_ms,
        row.length_ms,
        row.minutes_ms,
        row.credit_ms,
        row.complete,
        row.rule_version,
        row.covered_by_grade.A,
        row.covered_by_grade.B,
        row.covered_by_grade.C,
      ]),
    );
  }

  private async freshTitle(lectureId: string): Promise<string> {
    const title = await lectureTitle(this.database.manager, lectureId);
    if (title === undefined) throw new DomainError('not-found', `There is no lecture ${lectureId}.`);
    await catchUp(this.database, 'anybody');
    return title;
  }

  private reach(caller: Caller, roles: readonly RoleName[]): Reach {
    return { siteIds: this.authority.sitesOf(caller), unitIds: this.authority.unitsOfRoles(caller, roles) };
  }
}

const recordOf = (row: LectureLearnerRow): LectureLearnerRecord => ({
  learnerId: row.learner_id,
  name: row.name,
  siteId: row.site_id,
  siteName: row.site_name,
  editionId: row.edition_id,
  editionNumber: row.number,
  coveredMs: row.covered_ms,
  durationMs: row.length_ms,
  minutesMs: row.minutes_ms,
  creditMs: row.credit_ms,
  complete: row.complete,
  ruleVersion: row.rule_version,
  byGrade: row.covered_by_grade,
});
