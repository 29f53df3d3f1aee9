import { z } from 'zod';
import { pageOf, PageQuery } from './paging.js';

const ids = z.array(z.uuid().toLowerCase()).min(1).max(500);

/** What becomes of the batches of a device that are held aside: of all, of those named, or of all but those named. */
export const DecideHeld = z
  .object({ decision: z.enum(['release', 'discard']), only: ids.optional(), except: ids.optional() })
  .refine(({ only, except }) => !only || !except, { error: 'names batches in one way only', path: ['except'] });
export type DecideHeld = z.output<typeof DecideHeld>;
export const HeldDecided = z.object({ batches: z.number().int() });
export type HeldDecided = z.output<typeof HeldDecided>;

/** A batch about which somebody has to decide, and what it would bring: enough to tell a device from its copy. */
export const HeldBatchView = z.object({
  id: z.uuid(),
  receivedAt: z.iso.datetime(),
  why: z.enum(['another-installation', 'number-used-twice']),
  /** The last eight signs of the id of the installation that made it: those of one have the same. Null: it told none. */
  installation: z.string().nullable(),
  number: z.number().int().nullable(),
  /** Whether it came by the device's own credential or by that of a learner or of staff who signed in on it. */
  by: z.enum(['device', 'learner', 'staff']),
  sessions: z.number().int(),
  presences: z.number().int(),
  /** Media of its spans, before any rule is applied. */
  playedMs: z.number().int(),
  /** When the device believes that the first of them began. */
  startedAt: z.iso.datetime().nullable(),
});
export type HeldBatchView = z.output<typeof HeldBatchView>;
export const HeldBatchPage = pageOf(HeldBatchView);
export type HeldBatchPage = z.output<typeof HeldBatchPage>;

/** Few at a time: each is read anew from what came. */
export const HeldQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(20).default(20) });
export type HeldQuery = z.output<typeof HeldQuery>;
