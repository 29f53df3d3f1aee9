import type { LearnerRecord, LearnerRecordItem, LearnerRecordQuery, RecordRefusal } from '#libs/contracts';
import { catchUp, freshAt, intervalsOf, Learner } from '#libs/database';
import { completionRule, creditOfSeveral, DomainError, totalMs } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { type CreditRow, creditPage, refusalRows, rosterSites, wholeOf } from './learner-record.queries.js';
import { KEEPERS } from './reader.js';

const DAYS_SHOWN = 31;
const REFUSALS_SHOWN = 10_000;

@Injectable()
export class LearnerRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /** A learner sees their own record at once: what has arrived is counted before it is read. */
  async read(
    learnerId: string,
    { lectureId, limit, after }: LearnerRecordQuery,
    caller: Caller,
  ): Promise<LearnerRecord> {
    await this.requireReader(learnerId, caller);
    const learner = await this.database.getRepository(Learner).findOneBy({ id: learnerId });
    if (!learner) throw new DomainError('not-found', `There is no learner ${learnerId}.`);
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

  /** The learner, and those who answer for a roster with them on it. @throws {DomainError} `forbidden` */
  private async requireReader(learnerId: string, caller: Caller): Promise<void> {
    if (caller.kind === 'person' && caller.learnerId === learnerId) return;
    for (const siteId of await rosterSites(this.database.manager, learnerId)) {
      if (caller.kind === 'device' && caller.siteId === siteId) return;
      if (await this.authority.holds(caller, KEEPERS, { siteId })) return;
    }
    throw new DomainError('forbidden', 'Only the learner, and those who answer for the roster, see this record.');
  }
}

function itemOf(row: CreditRow, refusals: readonly (RecordRefusal & { edition_id: string })[]): LearnerRecordItem {
  return {
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
    refused: refusals
      .filter(({ edition_id }) => edition_id === row.edition_id)
      .map(({ session, item, seq, code, detail }) => ({ session, item, seq, code, detail })),
  };
}
