import { z } from 'zod';

/** `detail` is for whoever reads the document itself; a screen words its own from the fields after it. */
const Check = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  detail: z.string().optional(),
  missing: z.array(z.string()).optional(),
  freeBytes: z.number().int().optional(),
  /** Pieces of lectures that the scrub found missing or changed: those lectures want to be encoded again. */
  damagedBlobs: z.number().int().optional(),
  /** Records and totals that the nightly sample found to be other than what follows from the ledger. */
  disagreeing: z.number().int().optional(),
});
export const Health = z.object({ status: z.enum(['ok', 'degraded', 'down']), checks: z.record(z.string(), Check) });
export type Health = z.output<typeof Health>;
