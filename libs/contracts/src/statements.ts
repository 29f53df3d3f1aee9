import { refusalCodes } from '#libs/domain';
import { z } from 'zod';

/** Of one request, which is 1 MiB at most. */
export const MAX_STATEMENTS = 1000;

/** Seconds of media; an edition is 24 days long at most. */
const seconds = z.number().min(0).max(2_147_483);
const word = z.string().min(1).max(2000);
const extensions = z.record(word, z.unknown());

/** What of an xAPI statement is read; all else that it holds is left alone. */
export const VideoStatement = z.object({
  id: z.uuid().toLowerCase().nullish(),
  actor: z.object({ account: z.object({ homePage: word, name: word }) }),
  verb: z.object({ id: word }),
  object: z.object({ id: word }),
  timestamp: z.iso.datetime({ offset: true }),
  result: z.object({ extensions: extensions.nullish() }).nullish(),
  context: z.object({ registration: word.nullish(), extensions: extensions.nullish() }).nullish(),
});
export type VideoStatement = z.output<typeof VideoStatement>;

export const VideoTime = seconds;

/** Each statement stands for itself: one that is none spoils no other. As an LRS gives them: a list, or a page of one. */
export const StatementsRequest = z.union([
  z.array(z.unknown()).max(MAX_STATEMENTS),
  z.object({ statements: z.array(z.unknown()).max(MAX_STATEMENTS) }),
]);
export type StatementsRequest = z.output<typeof StatementsRequest>;

/** Why a statement tells nothing that counts: rule 1 and 2 of the span it begins, or something of its own. */
export const statementCodes = [...refusalCodes, 'not-a-video', 'unknown-actor', 'of-a-hall', 'no-end'] as const;
export const StatementCode = z.enum(statementCodes);
export type StatementCode = z.output<typeof StatementCode>;

/** `span`: with it a span began, and is in the ledger; `noted`: it was read with others of its session; `refused`: see `code`. */
export const StatementResult = z.object({
  index: z.number().int(),
  statement: z.uuid().nullable(),
  outcome: z.enum(['span', 'noted', 'refused']),
  session: z.uuid().nullable(),
  seq: z.number().int().nullable(),
  code: StatementCode.optional(),
  detail: z.string().optional(),
});
export type StatementResult = z.output<typeof StatementResult>;

export const StatementsAnswer = z.object({ serverTime: z.iso.datetime(), results: z.array(StatementResult) });
export type StatementsAnswer = z.output<typeof StatementsAnswer>;
