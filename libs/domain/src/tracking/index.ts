export { intersect, shift, subtract, totalMs, union, type Interval } from './intervals.js';
export {
  faultOf,
  isSeq,
  MAX_CLOCK_MS,
  MAX_SPANS,
  refusalCodes,
  thousandths,
  type RefusalCode,
  type Span,
} from './span.js';
export { MAX_PRESENCES, presenceFaultOf, presenceGrades, type Presence, type PresenceGrade } from './presence.js';
export { refusalDetail } from './refusal-detail.js';
export { isSomebodyElses } from './not-yours.js';
export { rootOfPresence, rootOfSpan, settlePresences, settleSpans, type Refused, type Settled } from './growth.js';
export {
  CLOCK_TOLERANCE_MS,
  dateSession,
  EARLIEST_CLAIM_MS,
  type Anchor,
  type DatedBy,
  type Dating,
  type SessionClock,
} from './dating.js';
export {
  attendancesOf,
  positionAt,
  sessionKinds,
  underBestGrade,
  watchedWithin,
  type Attendance,
  type ByGrade,
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
export { CODE_STEP_MS, codeStepAt, gradeOfScan, type ScannedCode } from './check-in-code.js';
export { promptMoments, promptWindowMs } from './prompts.js';
export { dayOf, splitByDay, type DayPart } from './days.js';
export { sharesOf, type Part, type Share } from './shares.js';
export { completionRules, verdictOf, type RuleInForce, type SessionShare, type Verdict } from './verdict.js';
export {
  CLAIM_WINDOW_MS,
  claimableUntilMs,
  overrideKinds,
  review,
  sourceOfPresence,
  standingOverrides,
  type Claim,
  type Override,
  type OverrideKind,
  type PresenceSource,
  type Reviewed,
} from './rulings.js';
export {
  alwaysEveryone,
  flagKinds,
  flagStates,
  impossibleRates,
  LONG_DAY_MS,
  longDay,
  sameAudience,
  sameRoster,
  SILENCE_MS,
  silentDevice,
  type DeviceContact,
  type Flag,
  type FlagKind,
  type FlagState,
  type HallAudience,
  type HallRoll,
  type LearnerDay,
  type Reports,
} from './flags.js';
