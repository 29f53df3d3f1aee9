import { presenceGrades, sessionKinds } from '#libs/domain';
import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';
import { LearnerRecordItem, RecordRefusal } from './records.js';
import { ClaimView, DisputeView, OverrideView } from './review.js';

const ms = z.number().int();
const moment = z.iso.datetime();

/** A stretch of playing that counts, and how much of it, by the clock, played while the learner was there. */
const ExplainedSpan = z.object({
  seq: z.number().int(),
  fromMs: ms,
  toMs: ms,
  rate: z.number(),
  startedAt: moment,
  endedAt: moment,
  presentMs: ms,
});

/** When the learner was there, and how that is known; `to` null: until the end. */
const ExplainedPresence = z.object({
  seq: z.number().int(),
  grade: z.enum(presenceGrades),
  /** A device's report, a counted head that was claimed, or an organiser's word. */
  source: z.enum(['report', 'claim', 'attestation']),
  from: moment,
  to: moment.nullable(),
});

/**
 * One session and what it gave. Sessions are counted in the order in which they were played: `addedCoveredMs` and
 * `addedMinutesMs` are what the earlier ones had not given; over all sessions they sum to the numbers of the record.
 */
export const ExplainedSession = z.object({
  id: z.uuid(),
  kind: z.enum(sessionKinds),
  /** Of the edition that was watched: an older one, when its coverage is carried over. */
  editionNumber: z.number().int(),
  siteName: z.string().nullable(),
  /** The site's device that sent it; null: it came by the learner's own sign-in. */
  deviceName: z.string().nullable(),
  /** Typed in from a sheet of paper by staff of the site. */
  isPaper: z.boolean(),
  /** Brought in by staff in the learner's name, as what another system tells; no device of ours saw it. */
  isByStaff: z.boolean(),
  receivedAt: moment,
  /** Null when nothing of it counts. */
  startedAt: moment.nullable(),
  datedBy: z.enum(['anchor', 'claim', 'receipt']).nullable(),
  grade: z.enum(presenceGrades).nullable(),
  coveredMs: ms,
  minutesMs: ms,
  addedCoveredMs: ms,
  addedMinutesMs: ms,
  spans: z.array(ExplainedSpan),
  /** Beyond the first 1,000 that are listed. */
  spansLeftOut: z.number().int(),
  presences: z.array(ExplainedPresence),
  refused: z.array(RecordRefusal),
  disputes: z.array(DisputeView),
  overrides: z.array(OverrideView),
  claims: z.array(ClaimView),
  /** Since when the parts of it are gone, by the retention of its unit: what counted stays. Null: they are kept. */
  foldedAt: moment.nullable(),
});
export type ExplainedSession = z.output<typeof ExplainedSession>;

export const LearnerExplanationQuery = PageQuery;
export type LearnerExplanationQuery = z.output<typeof LearnerExplanationQuery>;

/** What the numbers of one edition in a learner's record come from: its sessions, the latest first. */
export const LearnerExplanation = pageOf(ExplainedSession).extend({
  ...LearnerRecordItem.omit({ refused: true }).shape,
  learnerId: z.uuid(),
  name: z.string(),
  freshAt: moment,
  /** What completion takes: this much coverage, and coverage at most so many times the minutes. */
  neededMs: ms,
  paceFactor: z.number(),
  /** Of reports that never became a session of this learner. */
  refusedElsewhere: z.array(RecordRefusal),
});
export type LearnerExplanation = z.output<typeof LearnerExplanation>;
