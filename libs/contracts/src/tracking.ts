import { presenceGrades, refusalCodes, sessionKinds } from '#libs/domain';
import { z } from 'zod';

/** Of one batch, however it travels. */
export const MAX_BATCH_BYTES = 1024 * 1024;
export const MAX_BATCH_SPANS = 5000;

/** One spelling of each: PostgreSQL gives ids back in lower case. */
const Id = z.uuid().toLowerCase();
const ms = z.number();
const instant = z.iso.datetime({ offset: true });

export const SpanReport = z.object({
  seq: z.number(),
  fromMs: ms,
  toMs: ms,
  rate: z.number(),
  clockFromMs: ms,
  clockToMs: ms,
});
export type SpanReport = z.output<typeof SpanReport>;

/** Without `clockToMs` the learner is still there; the same `seq` comes again with it. */
export const PresenceReport = z.object({
  seq: z.number(),
  learnerId: Id,
  clockFromMs: ms,
  clockToMs: ms.nullish().transform((reading) => reading ?? null),
  grade: z.enum(presenceGrades),
});
export type PresenceReport = z.output<typeof PresenceReport>;

/** What a session is; its items follow. */
export const SessionHead = z.object({
  id: Id,
  editionId: Id,
  kind: z.enum(sessionKinds),
  learnerId: Id.nullish(),
  siteId: Id.nullish(),
  startedAt: instant.nullish(),
  clockAtStartMs: z.number().int().min(0).max(1e12),
  headCount: z.number().int().min(0).max(100_000).nullish(),
  note: z.string().max(10_000).nullish(),
});
export type SessionHead = z.output<typeof SessionHead>;

export const SessionReport = SessionHead.extend({
  spans: z.array(SpanReport).default([]),
  presences: z.array(PresenceReport).default([]),
});
export type SessionReport = z.output<typeof SessionReport>;

/** A pair of clock reading and server time that the device noted when it had contact: `serverTime` of any answer. */
export const AnchorReport = z.object({ clockMs: z.number().int().min(0).max(1e12), serverTime: instant });
export type AnchorReport = z.output<typeof AnchorReport>;

/**
 * What all the sessions of a batch share. `sentAt` and `sentClockMs` tell of the sending, not of the content: every try
 * may state them anew. `sentClockMs` is left out when the boot is over, since its clock no longer runs.
 */
export const BatchHead = z.object({
  id: Id,
  deviceId: z.string().min(1).max(200),
  bootId: Id,
  /** Which browser or box it is, however often it is enrolled anew: a copy of its credential shows by it. */
  installation: Id.optional(),
  /** Counts up from 0 the batches of one credential on one installation, so that missing ones are noticed; `deviceId` is the enrolled one. */
  number: z.number().int().min(0).max(2_000_000_000).optional(),
  sentAt: instant.nullish(),
  sentClockMs: z.number().int().min(0).max(1e12).nullish(),
  anchors: z.array(AnchorReport).max(1000).default([]),
});
export type BatchHead = z.output<typeof BatchHead>;

/** One device and one boot: at most 1 MiB and 5,000 spans. */
export const TrackingBatch = BatchHead.extend({ sessions: z.array(SessionReport).default([]) });
export type TrackingBatch = z.output<typeof TrackingBatch>;

/** One batch, or several, as in a bundle file. */
export const TrackingRequest = z.union([TrackingBatch, z.object({ batches: z.array(TrackingBatch).max(1000) })]);
export type TrackingRequest = z.input<typeof TrackingRequest>;

export const RefusalCode = z.enum(refusalCodes);
/** `seq` is null when the item did not even carry one, or when all of a session is meant that carried none. */
export const ItemRefusal = z.object({
  item: z.enum(['span', 'presence', 'session']),
  seq: z.number().int().nullable(),
  code: RefusalCode,
  detail: z.string(),
});
export type ItemRefusal = z.output<typeof ItemRefusal>;

/**
 * `accepted` counts spans and presences. `code` is set, and the rest empty, when a batch among several was refused whole, or
 * is `held`: acknowledged and kept, but not counted before somebody has decided that the device is no copy.
 */
export const SessionResult = z.object({
  batch: z.string(),
  session: z.string().nullable(),
  accepted: z.number().int(),
  refused: z.array(ItemRefusal),
  code: z.enum(['batch-conflict', 'invalid-request', 'too-large', 'held']).optional(),
});
export type SessionResult = z.output<typeof SessionResult>;

/** `serverTime` is an anchor when the device notes the clock at which it came. `results` has one entry a session. */
export const TrackingAnswer = z.object({ serverTime: z.iso.datetime(), results: z.array(SessionResult) });
export type TrackingAnswer = z.output<typeof TrackingAnswer>;
