import { z } from 'zod';

const Rows = z.array(z.record(z.string(), z.unknown()));

/**
 * All that the house keeps about a learner, row by row as it is stored, with the names of sites and lectures beside their
 * ids; of cards, PINs, passwords and tokens, only that there are any. The spans are those of the learner's own sessions and
 * of the halls in which they were.
 */
export const LearnerExport = z.object({
  exportedAt: z.iso.datetime(),
  learner: Rows,
  accounts: Rows,
  rosters: Rows,
  selections: Rows,
  signIns: Rows,
  outboxTokens: Rows,
  batches: Rows,
  anchors: Rows,
  sessions: Rows,
  presences: Rows,
  spans: Rows,
  refusals: Rows,
  audiences: Rows,
  minutes: Rows,
  credits: Rows,
  disputes: Rows,
  overrides: Rows,
  claims: Rows,
});
export type LearnerExport = z.output<typeof LearnerExport>;

const count = z.number().int();

/** What the erasure of a learner would take away, and what would stay without them. Null: who does not keep their roster reads no record. */
export const ErasurePreview = z.object({
  name: z.string(),
  code: z.string(),
  goes: z.object({
    card: z.boolean(),
    pin: z.boolean(),
    /** It is deleted when it holds no role, and else only no longer the learner's. */
    account: z.enum(['none', 'deleted', 'unlinked']),
    rosters: count,
    selections: count,
    signIns: count,
    outboxTokens: count,
    lecturesInRecord: count.nullable(),
  }),
  stays: z.object({ sessions: count.nullable() }),
});
export type ErasurePreview = z.output<typeof ErasurePreview>;
