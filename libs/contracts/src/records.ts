import { presenceGrades, sessionKinds } from '#libs/domain';
import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';
import { RefusalCode } from './tracking.js';

const ms = z.number().int();
const count = z.number().int();
const day = z.iso.date();

/** Milliseconds of coverage by the best grade they were seen with; they add up to the coverage. */
const CoverageByGrade = z.object({ A: ms, B: ms, C: ms });

export const RecordRefusal = z.object({
  session: z.uuid(),
  item: z.enum(['span', 'presence', 'session']),
  seq: z.number().int().nullable(),
  code: RefusalCode,
  detail: z.string(),
});
export type RecordRefusal = z.output<typeof RecordRefusal>;

const CreditView = z.object({
  coveredMs: ms,
  /** Of the edition. */
  durationMs: ms,
  minutesMs: ms,
  creditMs: ms,
  complete: z.boolean(),
  ruleVersion: z.number().int(),
  byGrade: CoverageByGrade,
});

/** What a learner has of one edition of one lecture: what counted, what did not, and why. */
export const LearnerRecordItem = CreditView.extend({
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  courseTitle: z.string(),
  editionId: z.uuid(),
  editionNumber: z.number().int(),
  live: z.boolean(),
  watched: z.array(z.tuple([ms, ms])),
  refused: z.array(RecordRefusal),
});
export type LearnerRecordItem = z.output<typeof LearnerRecordItem>;

export const LearnerRecordQuery = PageQuery.extend({ lectureId: z.uuid().optional() });
export type LearnerRecordQuery = z.output<typeof LearnerRecordQuery>;

/** Newest editions first. `minutesMs` and `creditMs` are over all that the learner ever watched: two screens at once are one minute. */
export const LearnerRecord = pageOf(LearnerRecordItem).extend({
  learnerId: z.uuid(),
  name: z.string(),
  /** All that had arrived by then is counted. */
  freshAt: z.iso.datetime(),
  minutesMs: ms,
  creditMs: ms,
  /** More was refused of these editions than is listed. */
  refusedTruncated: z.boolean(),
  /** Minutes by local day of the sites, the last 31 days on which something was watched. */
  days: z.array(z.object({ day, minutesMs: ms })),
});
export type LearnerRecord = z.output<typeof LearnerRecord>;

/** Who was there: named learners by their best grade of the day, and heads (D). Null: a group too small to be told. */
export const AudienceView = z.object({
  sessions: count,
  audience: count.nullable(),
  byGrade: z.object({ A: count.nullable(), B: count.nullable(), C: count.nullable(), D: count.nullable() }),
  minutesMs: ms.nullable(),
});
export type AudienceView = z.output<typeof AudienceView>;

/**
 * Sums over days. A learner is one head a day and site; credit is that of each learner and day; completions are the verdicts
 * reached on those days. Null: a group too small to be told, or by which one such could be reckoned.
 */
export const TotalsView = AudienceView.extend({ creditMs: ms.nullable(), completions: count.nullable() });
export type TotalsView = z.output<typeof TotalsView>;

export const SiteLectureRecord = TotalsView.extend({
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  editionId: z.uuid(),
  editionNumber: z.number().int(),
});
export type SiteLectureRecord = z.output<typeof SiteLectureRecord>;

/** `datedBy` is `receipt` when nothing better than the time of arrival was known: the session was redated. */
export const SiteSessionRecord = z.object({
  id: z.uuid(),
  kind: z.enum(sessionKinds),
  lectureTitle: z.string(),
  startedAt: z.iso.datetime(),
  datedBy: z.enum(['anchor', 'claim', 'receipt']),
  playedMs: ms,
  headCount: count,
  note: z.string().nullable(),
  /** Typed in from a sheet of paper: what was played is claimed too. */
  isPaper: z.boolean(),
  /** Who spoke in the discussion, and whether there is a photo of the paper minutes. */
  speakers: z.array(z.string()),
  hasPhoto: z.boolean(),
  people: z.array(
    z.object({
      learnerId: z.uuid(),
      name: z.string(),
      grade: z.enum(presenceGrades),
      minutesMs: ms,
      coveredMs: ms,
      /** How long it had played before they came, and how long before the last of those there they went. */
      lateMs: ms,
      earlyMs: ms,
    }),
  ),
});
export type SiteSessionRecord = z.output<typeof SiteSessionRecord>;

/** What a learner has from this site in those days; `completed` counts verdicts, wherever they watched. */
export const SiteLearnerRecord = z.object({
  learnerId: z.uuid(),
  name: z.string(),
  code: z.string(),
  lectures: count,
  completed: count,
  coveredMs: ms,
  minutesMs: ms,
  creditMs: ms,
});
export type SiteLearnerRecord = z.output<typeof SiteLearnerRecord>;

/** Days of the site's time zone, both included. */
export const SiteRecordQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  format: z.enum(['json', 'csv']).default('json'),
});
export type SiteRecordQuery = z.output<typeof SiteRecordQuery>;

/**
 * `learners` and `sessions` (the latest 100) are null for all but those who keep the roster (the operator and the device of the
 * site, organisers and admins of its own unit): they see counts only, and no grades of a single lecture.
 */
export const SiteRecord = TotalsView.extend({
  siteId: z.uuid(),
  siteName: z.string(),
  timeZone: z.string(),
  freshAt: z.iso.datetime(),
  lectures: z.array(SiteLectureRecord),
  learners: z.array(SiteLearnerRecord).nullable(),
  sessions: z.array(SiteSessionRecord).nullable(),
});
export type SiteRecord = z.output<typeof SiteRecord>;

export const LectureRecordQuery = PageQuery.extend({ format: z.enum(['json', 'csv']).default('json') });
export type LectureRecordQuery = z.output<typeof LectureRecordQuery>;

/**
 * One learner at one site where it was watched and the reader may see names: what they have of it from there, and the
 * verdict, wherever they watched.
 */
export const LectureLearnerRecord = CreditView.extend({
  learnerId: z.uuid(),
  name: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  /** The best at that site. */
  grade: z.enum(presenceGrades),
  editionId: z.uuid(),
  editionNumber: z.number().int(),
});
export type LectureLearnerRecord = z.output<typeof LectureLearnerRecord>;

/** Who watched a lecture, where: counts of all sites in the reader's reach, and the learners whose names they may see. */
export const LectureRecord = pageOf(LectureLearnerRecord).extend({
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  freshAt: z.iso.datetime(),
  /** The 200 with the most minutes; the table (format=csv) has all. */
  sites: z.array(AudienceView.extend({ siteId: z.uuid(), siteName: z.string() })),
  sitesTruncated: z.boolean(),
});
export type LectureRecord = z.output<typeof LectureRecord>;
