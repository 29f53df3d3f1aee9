import { presenceGrades } from '#libs/domain';
import { z } from 'zod';

/** Of the photo of paper minutes. */
export const MAX_PHOTO_BYTES = 500_000;

/**
 * What a hall tells beside the note of its session. It goes to the house and never into the ledger. `speakers`: learners of the
 * site who spoke in the discussion; others are left out. `photo`: the paper minutes as a JPEG, in base64; what a camera adds
 * to a picture is taken out of it.
 */
export const HallMinutes = z.object({
  speakers: z.array(z.uuid()).max(500),
  photo: z
    .base64()
    .max(Math.ceil(MAX_PHOTO_BYTES / 3) * 4)
    .nullable(),
});
export type HallMinutes = z.output<typeof HallMinutes>;

/** Older than this, a sheet is no longer typed in. */
export const PAPER_LIFE_DAYS = 400;

/** A line of the sheet. Without a time, from the beginning or to the end; who came twice has two lines. */
export const PaperPresence = z.object({
  learnerId: z.uuid().toLowerCase(),
  cameAt: z.iso.datetime({ offset: true }).nullable().default(null),
  wentAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type PaperPresence = z.input<typeof PaperPresence>;

/**
 * A hall session that stands on paper only: what was played and who was there is claimed by whoever types it in. `id` is the
 * client's, so that sending it twice changes nothing. `fromMs`, `toMs`: the part of the lecture, played at its own speed.
 */
export const PaperSession = z.object({
  id: z.uuid().toLowerCase(),
  lectureId: z.uuid(),
  startedAt: z.iso.datetime({ offset: true }),
  fromMs: z.number().int().min(0),
  toMs: z.number().int().min(1),
  present: z.array(PaperPresence).max(2000),
  headCount: z.number().int().min(0).max(100_000).default(0),
  note: z.string().max(10_000).nullable().default(null),
});
export type PaperSession = z.input<typeof PaperSession>;
export const PaperReceipt = z.object({ sessionId: z.uuid() });
export type PaperReceipt = z.output<typeof PaperReceipt>;

/** The secret of a session's codes: 256 bits in base64url. A code is HMAC-SHA256(secret, `{session} {step}`), 80 bits in hex. */
export const HallKey = z.object({ key: z.string().regex(/^[\w-]{43}$/) });
export type HallKey = z.output<typeof HallKey>;

/** A code that a learner's phone has read off a hall's screen; `step` is the hall's clock in half minutes. */
export const HallClaim = z.object({
  step: z.number().int().min(0).max(1e9),
  code: z.string().regex(/^[0-9a-f]{20}$/),
  /** How long ago it was read, by the phone. */
  ageMs: z.number().int().min(0).max(3e10),
});
export type HallClaim = z.output<typeof HallClaim>;
/** `pending`: the hall's own report has not come yet. `grade` once it counts. */
export const HallClaimState = z.object({
  state: z.enum(['pending', 'counted', 'refused']),
  grade: z.enum(presenceGrades).nullable(),
});
export type HallClaimState = z.output<typeof HallClaimState>;

/** Of one session of the asking device; its own presences have lower numbers. */
export const MOST_CHECK_INS = 2000;
/** A learner whom the house has let in by phone and who is still there: an open presence on the session's clock. */
export const HallCheckIn = z.object({
  seq: z.number().int(),
  learnerId: z.uuid(),
  clockFromMs: z.number().int(),
  grade: z.enum(presenceGrades),
});
export type HallCheckIn = z.output<typeof HallCheckIn>;
export const HallCheckIns = z.object({ items: z.array(HallCheckIn).max(MOST_CHECK_INS), next: z.null() });
export type HallCheckIns = z.output<typeof HallCheckIns>;
