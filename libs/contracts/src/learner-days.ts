import { presenceGrades, sessionKinds } from '#libs/domain';
import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';

const ms = z.number().int();
const day = z.iso.date();
const moment = z.iso.datetime();

export const LearnerDaysQuery = PageQuery;
export type LearnerDaysQuery = z.output<typeof LearnerDaysQuery>;

/**
 * A local day of the sites. Days of two time zones may overlap: `addedMinutesMs` is what the days before it had not given, and
 * over all days sums to the minutes of the record.
 */
export const LearnerDayItem = z.object({ day, minutesMs: ms, addedMinutesMs: ms, sessions: z.number().int() });
export type LearnerDayItem = z.output<typeof LearnerDayItem>;

/**
 * What the minutes and the credit of a learner's record come from: its days, the latest first. Credit is the smaller of
 * `minutesMs` and `coveredMs`, the sum over lectures of the edition best covered.
 */
export const LearnerDays = pageOf(LearnerDayItem).extend({
  learnerId: z.uuid(),
  name: z.string(),
  freshAt: moment,
  minutesMs: ms,
  coveredMs: ms,
  creditMs: ms,
});
export type LearnerDays = z.output<typeof LearnerDays>;

/**
 * One session and its minutes on that day. Sessions are counted in the order in which they were played: `addedMinutesMs` is
 * what the earlier ones of the day had not given, and sums to the minutes of the day.
 */
export const DaySession = z.object({
  id: z.uuid(),
  kind: z.enum(sessionKinds),
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  editionId: z.uuid(),
  editionNumber: z.number().int(),
  siteName: z.string().nullable(),
  grade: z.enum(presenceGrades),
  /** When it first and last played on that day with the learner there. */
  from: moment,
  to: moment,
  minutesMs: ms,
  addedMinutesMs: ms,
});
export type DaySession = z.output<typeof DaySession>;

/** What the minutes of one day come from, the latest session first. */
export const LearnerDay = pageOf(DaySession).extend({
  learnerId: z.uuid(),
  name: z.string(),
  day,
  freshAt: moment,
  minutesMs: ms,
});
export type LearnerDay = z.output<typeof LearnerDay>;
