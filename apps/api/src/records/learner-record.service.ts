import type { LearnerRecord, LearnerRecordItem, LearnerRecordQuery, RecordRefusal } from '#libs/contracts';
import { catchUp, freshAt, intervalsOf } from '#libs/database';
import { completionRule, creditOfSeveral, totalMs } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { type CreditRow, creditPage, refusalRows, wholeOf } from './learner-record.queries.js';
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
  async read(
    learnerId: string,
    { lectureId, limit, after }: LearnerRecordQuery,
    caller: Caller,
  ): Promise<LearnerRecord> {
    const learner = await this.reader.require(learnerId, caller);
    await catchUp(this.database, { learnerId });
    const db = this.database.manager;
    const [key = null] = keyOf(after, 1);
    const rows = await creditPage(db, { learnerId, lectureId: lectureId ?? null, after: key, limit });
    const editionIds = rows.slice(0, limit).map((row) => row.edition_id);
    const refusals = await refusalRows(db, learnerId, editionIds, REFUSALS_SHOWN);
    const refused = refusals.slice(0, REFUSALS_SHOWN);
    const whole = await wholeOf(db, learnerId);
    const played = whole.days.flatMap((day) => intervalsOf(day.played));
    return {
      ...pageOfRows(
        rows,
        limit,
        (row) => [row.edition_id],
        (row) => itemOf(row, refused),
      ),
      learnerId,
      name: learner.name,
      freshAt: (await freshAt(db, { learnerId })).toISOString(),
      minutesMs: totalMs(played),
      refusedTruncated: refusals.length > REFUSALS_SHOWN,
      creditMs: creditOfSeveral(whole.coveredMs, played),
      days: whole.days
        .slice(0, DAYS_SHOWN)
        .map((day) => ({ day: day.day, minutesMs: totalMs(intervalsOf(day.played)) })),
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

const itemOf = (row: CreditRow, refusals: readonly (RecordRefusal & { edition_id: string })[]): LearnerRecordItem => ({
  ...numbersOf(row),
  refused: refusals.filter(({ edition_id }) => edition_id === row.edition_id).map(refusalOf),
});

/** Without what only the query needed. */
export const refusalOf = ({ session, item, seq, code, detail }: RecordRefusal): RecordRefusal => {
  return { session, item, seq, code, detail };
};
