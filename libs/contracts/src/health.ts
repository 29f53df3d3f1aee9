import { z } from 'zod';

const Check = z.object({ status: z.enum(['ok', 'degraded', 'down']), detail: z.string().optional() });
export const Health = z.object({ status: z.enum(['ok', 'degraded', 'down']), checks: z.record(z.string(), Check) });
export type Health = z.output<typeof Health>;
