import { z } from 'zod';

export const jobKinds = ['probe', 'chunk', 'audio', 'stills', 'publish'] as const;
/** What the console shows of a lecture's newest edition on its way. */
export const PipelineView = z.object({
  editionId: z.uuid(),
  number: z.number().int(),
  state: z.enum(['encoding', 'ready', 'failed']),
  progress: z.number(),
  sourceName: z.string(),
  sourceBytes: z.number().int(),
  failure: z.object({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
  jobs: z.array(
    z.object({
      kind: z.enum(jobKinds),
      chunkIndex: z.number().int(),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      attempts: z.number().int(),
      progress: z.number(),
      cpuMs: z.number().int().nullable(),
    }),
  ),
  renditions: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['video', 'audio']),
      bytes: z.number().int(),
      width: z.number().nullable(),
      height: z.number().nullable(),
    }),
  ),
});
export type PipelineView = z.output<typeof PipelineView>;
