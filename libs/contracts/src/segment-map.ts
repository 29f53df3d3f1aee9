import { z } from 'zod';

const ms = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** What of an older edition a newer one keeps: old `[fromMs, toMs)` begins at `newFromMs` of the new. */
export const SegmentMap = z.object({
  segments: z
    .array(z.object({ fromMs: ms, toMs: ms, newFromMs: ms }).refine(({ fromMs, toMs }) => fromMs < toMs, 'is empty'))
    .max(1000),
});
export type SegmentMap = z.output<typeof SegmentMap>;
