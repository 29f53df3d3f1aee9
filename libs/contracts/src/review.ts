import { flagKinds, flagStates, overrideKinds, presenceGrades, sessionKinds } from '#libs/domain';
import { z } from 'zod';
import { PageQuery, pageOf } from './paging.js';

const moment = z.iso.datetime();
/** From the moment at which the session began to play. */
const offset = z.number().int().min(0).max(1e12);
/** What somebody says in their own words. They go when the learner whom they are about is erased. */
const Words = z.string().trim().min(1).max(1000);

/** A learner says that something in their record is not right. It changes no number. */
export const RaiseDispute = z.object({ sessionId: z.uuid(), words: Words });
export type RaiseDispute = z.output<typeof RaiseDispute>;

export const AnswerDispute = z.object({ words: Words });
export type AnswerDispute = z.output<typeof AnswerDispute>;

export const DisputeView = z.object({
  id: z.uuid(),
  sessionId: z.uuid(),
  words: z.string(),
  raisedAt: moment,
  /** `by` is null when that account is gone. */
  answer: z.object({ words: z.string(), by: z.string().nullable(), at: moment }).nullable(),
});
export type DisputeView = z.output<typeof DisputeView>;

/**
 * What a queue tells of the session that something is about. Who stands above the unit that keeps the roster decides without a
 * name: the learner is null, and the label, which leads to no roster, tells whether two cases are of the same person.
 */
const About = z.object({
  learnerId: z.uuid().nullable(),
  learnerName: z.string().nullable(),
  learnerLabel: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  editionId: z.uuid(),
  lectureTitle: z.string(),
  startedAt: moment.nullable(),
});

/** What stands for the learner in the session that a dispute is about, so that it can be ruled without more. */
export const DisputeItem = DisputeView.extend(About.shape).extend({
  kind: z.enum(sessionKinds).nullable(),
  grade: z.enum(presenceGrades).nullable(),
  minutesMs: z.number().int(),
  /** The ruling that stands; null: none was ever made. */
  ruling: z.enum(overrideKinds).nullable(),
});
export type DisputeItem = z.output<typeof DisputeItem>;

export const DisputePage = pageOf(DisputeItem);

export const DisputeQuery = PageQuery.extend({
  state: z.enum(['open', 'answered']).default('open'),
  siteId: z.uuid().optional(),
});
export type DisputeQuery = z.output<typeof DisputeQuery>;

/**
 * An organiser rules of a learner in a session: of one whom they may name, or of whoever disputes it. A stretch belongs to
 * `attest`; without one it is the whole session.
 */
export const MakeOverride = z
  .object({
    learnerId: z.uuid().optional(),
    disputeId: z.uuid().optional(),
    kind: z.enum(overrideKinds),
    reason: Words,
    fromMs: offset.optional(),
    toMs: offset.optional(),
  })
  .refine(({ learnerId, disputeId }) => (learnerId === undefined) !== (disputeId === undefined), {
    message: 'Either a learner or a dispute is named',
    path: ['learnerId'],
  });
export type MakeOverride = z.output<typeof MakeOverride>;

/** The latest of a learner and a session stands; the others are history. */
export const OverrideView = z.object({
  id: z.uuid(),
  sessionId: z.uuid(),
  kind: z.enum(overrideKinds),
  /** Null once the learner has been erased, and for the device of a hall, which reads nobody's words. */
  reason: z.string().nullable(),
  by: z.string().nullable(),
  madeAt: moment,
  stands: z.boolean(),
});
export type OverrideView = z.output<typeof OverrideView>;

/** Names one of the counted heads of a hall session. */
export const MakeClaim = z.object({ learnerId: z.uuid(), fromMs: offset.optional(), toMs: offset.optional() });
export type MakeClaim = z.output<typeof MakeClaim>;

/** `pending`: said by the learner, and counted for nothing until somebody of the site confirms it. */
export const claimStates = ['pending', 'confirmed', 'declined'] as const;
export const ClaimView = z.object({
  id: z.uuid(),
  sessionId: z.uuid(),
  state: z.enum(claimStates),
  byLearner: z.boolean(),
  claimedAt: moment,
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
});
export type ClaimView = z.output<typeof ClaimView>;

export const DecideClaim = z.object({ confirm: z.boolean() });
export type DecideClaim = z.output<typeof DecideClaim>;

export const ClaimItem = ClaimView.extend(About.shape).extend({ headsLeft: z.number().int() });
export type ClaimItem = z.output<typeof ClaimItem>;

export const ClaimPage = pageOf(ClaimItem);

export const ClaimQuery = PageQuery.extend({ siteId: z.uuid().optional() });
export type ClaimQuery = z.output<typeof ClaimQuery>;

/** A hall session in which a learner may have been one of the heads. */
export const ClaimableSession = z.object({
  id: z.uuid(),
  lectureTitle: z.string(),
  siteName: z.string(),
  startedAt: moment,
  playedMs: z.number().int(),
  claimableUntil: moment,
});
export type ClaimableSession = z.output<typeof ClaimableSession>;

/** The latest fifty. */
export const ClaimableSessions = z.object({ items: z.array(ClaimableSession) });
export type ClaimableSessions = z.output<typeof ClaimableSessions>;

/** Something odd that the house has found. It changes no number: people look at it and say what they did. */
export const FlagItem = z.object({
  id: z.uuid(),
  kind: z.enum(flagKinds),
  siteId: z.uuid(),
  siteName: z.string(),
  learner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** It is about a learner whose name the reader does not see, who keeps no roster with them on it; or who was erased. */
  isUnnamed: z.boolean(),
  deviceName: z.string().nullable(),
  /** The day, or the first day, that it is about. */
  since: z.iso.date(),
  evidence: z.object({
    numbers: z.record(z.string(), z.number()),
    /** The first twenty, with when they were and what was shown; one that is gone is not told of. Null: out of the reader's reach. */
    sessions: z.array(
      z.object({
        id: z.uuid(),
        startedAt: moment,
        lectureTitle: z.string().nullable(),
        editionId: z.uuid().nullable(),
        siteName: z.string().nullable(),
      }),
    ),
    /** Without id and name when it is out of the reader's reach. */
    otherSite: z.object({ id: z.uuid().nullable(), name: z.string().nullable() }).nullable(),
  }),
  foundAt: moment,
  state: z.enum(flagStates),
  note: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
});
export type FlagItem = z.output<typeof FlagItem>;

export const FlagPage = pageOf(FlagItem);

export const FlagQuery = PageQuery.extend({
  state: z.enum(flagStates).default('open'),
  kind: z.enum(flagKinds).optional(),
  siteId: z.uuid().optional(),
});
export type FlagQuery = z.output<typeof FlagQuery>;

/** `fine`: looked at, nothing wrong; `acted`: something was done, elsewhere. */
export const DecideFlag = z.object({ state: z.enum(flagStates), note: Words });
export type DecideFlag = z.output<typeof DecideFlag>;
