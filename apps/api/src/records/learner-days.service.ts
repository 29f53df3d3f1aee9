import type { DaySession, LearnerDay, LearnerDayItem, LearnerDays, LearnerDaysQuery } from '#libs/contracts';
import { broughtUpToDate, intervalsOf } from '#libs/database';
import { creditOfSeveral, type Interval, type Share, sharesOf, totalMs } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import {
  coveredOfLearner,
  type DayRow,
  type DaySessionRow,
  daysOfLearner,
  sessionsOfDay,
} from './learner-days.queries.js';
import { LearnerReader } from './learner-reader.js';

interface Shared<Row> {
  readonly row: Row;
  readonly played: readonly Interval[];
  readonly share: Share;
}

/** What the minutes of a learner come from: all of them from days, those of a day from sessions. */
@Injectable()
export class LearnerDaysService {
  constructor(
    private readonly database: DataSource,
    private readonly reader: LearnerReader,
  ) {}

  /** @throws {DomainError} `forbidden`, `not-found` */
  async list(learnerId: string, { limit, after }: LearnerDaysQuery, caller: Caller): Promise<LearnerDays> {
    const { name } = await this.reader.require(learnerId, caller);
    const freshAt = await broughtUpToDate(this.database, { learnerId });
    const days = await daysOfLearner(this.database.manager, learnerId);
    const covered = await coveredOfLearner(this.database.manager, learnerId);
    const played = days.flatMap((day) => intervalsOf(day.played));
    return {
      ...pageAfter(latestFirst(days), ({ day }) => day, { limit, after }, dayOf),
      learnerId,
      name,
      freshAt: freshAt.toISOString(),
      minutesMs: totalMs(played),
      coveredMs: covered.reduce((sum, coveredMs) => sum + coveredMs, 0),
      creditMs: creditOfSeveral(covered, played),
    };
  }

  /** Nothing of a day on which nothing counts. @throws {DomainError} `forbidden`, `not-found` */
  async read(learnerId: string, day: string, query: LearnerDaysQuery, caller: Caller): Promise<LearnerDay> {
    const { name } = await this.reader.require(learnerId, caller);
    const freshAt = await broughtUpToDate(this.database, { learnerId });
    const sessions = await sessionsOfDay(this.database.manager, learnerId, day);
    return {
      ...pageAfter(latestFirst(sessions), ({ id }) => id, query, sessionOf),
      learnerId,
      name,
      day,
      freshAt: freshAt.toISOString(),
      minutesMs: totalMs(sessions.flatMap(({ played }) => intervalsOf(played))),
    };
  }
}

/** What each adds to those before it; given in their order, told the other way round. */
function latestFirst<Row extends { readonly played: string }>(rows: readonly Row[]): Shared<Row>[] {
  const parts = rows.map(({ played }) => ({ watched: [], played: intervalsOf(played) }));
  const shares = sharesOf(parts);
  return rows
    .flatMap((row, index): Shared<Row>[] => {
      const [part, share] = [parts[index], shares[index]];
      return part && share ? [{ row, played: part.played, share }] : [];
    })
    .reverse();
}

/** The shares are of all; only what is told of them comes page by page. */
function pageAfter<Row, Item>(
  all: readonly Shared<Row>[],
  nameOf: (row: Row) => string,
  { limit, after }: LearnerDaysQuery,
  toItem: (of: Shared<Row>) => Item,
) {
  const [last] = keyOf(after, 1);
  const start = all.findIndex(({ row }) => nameOf(row) === last) + 1;
  return pageOfRows(all.slice(start, start + limit + 1), limit, ({ row }) => [nameOf(row)], toItem);
}

const dayOf = ({ row, played, share }: Shared<DayRow>): LearnerDayItem => ({
  day: row.day,
  minutesMs: totalMs(played),
  addedMinutesMs: share.addedMinutesMs,
  sessions: row.sessions,
});

const sessionOf = ({ row, played, share }: Shared<DaySessionRow>): DaySession => ({
  id: row.id,
  kind: row.kind,
  lectureId: row.lecture_id,
  lectureTitle: row.lecture_title,
  editionId: row.edition_id,
  editionNumber: row.number,
  siteName: row.site_name,
  grade: row.grade,
  from: momentOf(played.at(0)?.[0]),
  to: momentOf(played.at(-1)?.[1]),
  minutesMs: totalMs(played),
  addedMinutesMs: share.addedMinutesMs,
});

/** A multirange is sorted, and none that is empty is read. */
const momentOf = (ms = 0): string => new Date(ms).toISOString();
