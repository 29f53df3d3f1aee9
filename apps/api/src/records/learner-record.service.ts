import type { LearnerRecord, LearnerRecordItem, LearnerRecordQuery, RecordRefusal } from '#libs/contracts';
import { broughtUpToDate, intervalsOf } from '#libs/database';
import { completionRule, creditOfSeveral, totalMs } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { type CreditRow, recordRows, type RefusalRow } from './learner-record.queries.js';
import { LearnerReader } from './learner-reader.js';

const DAYS_SHOWN = 31;
const REFUSALS_SHOWN = 10_000;

@Injectable()
export class LearnerRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly reader: LearnerReader,
  ) {}

  /** A learner sees their own record at once: what has arrived is counted before it is read. */
  async read(learnerId: string, query: LearnerRecordQuery, caller: Caller): Promise<LearnerRecord> {
    const learner = await this.reader.require(learnerId, caller);
    const freshAt = await broughtUpToDate(this.database, { learnerId });
    const [after = null] = keyOf(query.after, 1);
    const { rows, refusals, covered, days } = await recordRows(this.database, {
      ...{ learnerId, lectureId: query.lectureId ?? null, after, limit: query.limit },
      refusals: REFUSALS_SHOWN,
    });
    const refused = refusals.slice(0, REFUSALS_SHOWN);
    const played = days.flatMap((day) => intervalsOf(day.played));
    return {
      ...pageOfRows(
        rows,
        query.limit,
        (row) => [row.edition_id],
        (row) => itemOf(row, refused),
      ),
      learnerId,
      name: learner.name,
      freshAt: freshAt.toISOString(),
      minutesMs: totalMs(played),
      refusedTruncated: refusals.length > REFUSALS_SHOWN,
      creditMs: creditOfSeveral(covered, played),
      days: days.slice(0, DAYS_SHOWN).map((day) => ({ day: day.day, minutesMs: totalMs(intervalsOf(day.played)) })),
    };
  }
}

/** What the record says of one edition, beside what was refused. */
export const numbersOf = (row: CreditRow): Omit<LearnerRecordItem, 'refused'> => ({
  lectureId: row.lecture_id,
  lectureTitle: row.lecture_title,
  courseTitle: row.course_title,
  editionId: row.edition_id,
  editionNumber: row.number,
  live: row.live,
  coveredMs: row.covered_ms,
  durationMs: row.duration_ms,
  minutesMs: row.minutes_ms,
  creditMs: row.credit_ms,
  complete: row.complete,
  ruleVersion: row.rule_version ?? completionRule.version,
  byGrade: row.covered_by_grade ?? { A: 0, B: 0, C: 0 },
  watched: row.watched,
});

const itemOf = (row: CreditRow, refusals: readonly RefusalRow[]): LearnerRecordItem => ({
  ...numbersOf(row),
  refused: refusals.filter(({ edition_id }) => edition_id === row.edition_id).map(refusalOf),
});

/** Without what only the query needed. */
export const refusalOf = ({ session, item, seq, code, detail }: RecordRefusal): RecordRefusal => {
  return { session, item, seq, code, detail };
};
