import { z } from 'zod';

/** `detail` is for whoever reads the document itself; a screen words its own from `missing` and `freeBytes`. */
const Check = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  detail: z.string().optional(),
  missing: z.array(z.string()).optional(),
  freeBytes: z.number().int().optional(),
});
export const Health = z.object({ status: z.enum(['ok', 'degraded', 'down']), checks: z.record(z.string(), Check) });
export type Health = z.output<typeof Health>;
