export { intersect, shift, subtract, totalMs, union, type Interval } from './intervals.js';
export { faultOf, isSeq, MAX_CLOCK_MS, refusalCodes, type RefusalCode, type Span } from './span.js';
export { presenceFaultOf, presenceGrades, type Presence, type PresenceGrade } from './presence.js';
export { settlePresences, settleSpans, type Refused, type Settled } from './growth.js';
export {
  CLOCK_TOLERANCE_MS,
  dateSession,
  type Anchor,
  type DatedBy,
  type Dating,
  type SessionClock,
} from './dating.js';
export {
  attendancesOf,
  sessionKinds,
  watchedWithin,
  type Attendance,
  type SessionEvidence,
  type SessionKind,
} from './audience.js';
export {
  carryOver,
  completionRule,
  creditOf,
  creditOfSeveral,
  shownRatio,
  type CompletionRule,
  type Credit,
  type MapSegment,
} from './credit.js';
export { dayOf, splitByDay, type DayPart } from './days.js';
