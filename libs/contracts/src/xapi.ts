import { z } from 'zod';
import { pageOf } from './paging.js';

/** `off`: no learning record store is set; `silent`: one is, but no worker that sends has been heard of for five minutes. */
export const XapiState = z.enum(['off', 'silent', 'sending', 'waiting', 'stopped']);

/** What is told to a learning record store. `status` is its last answer that was no success; 0: none came. */
export const XapiOverview = z.object({
  state: XapiState,
  host: z.string().nullable(),
  status: z.number().int().nullable(),
  /** Nothing is sent before. */
  notBefore: z.iso.datetime().nullable(),
  sent: z.number().int(),
  sentAt: z.iso.datetime().nullable(),
  /** Statements in the outbox, counted up to 100,000. */
  waiting: z.number().int(),
  refused: z.number().int(),
  /** Learners and editions of which no more is told, since too many separate pieces were watched. */
  cut: z.number().int(),
});
export type XapiOverview = z.output<typeof XapiOverview>;

/** A statement that the store will not take, and what it said. */
export const RefusedStatement = z.object({
  id: z.uuid(),
  verb: z.string(),
  lecture: z.string(),
  learnerId: z.uuid(),
  refusedAt: z.iso.datetime(),
  status: z.number().int(),
  detail: z.string(),
});
export type RefusedStatement = z.output<typeof RefusedStatement>;
export const RefusedStatementPage = pageOf(RefusedStatement);
export type RefusedStatementPage = z.output<typeof RefusedStatementPage>;
