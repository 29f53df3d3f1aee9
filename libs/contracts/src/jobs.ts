import { z } from 'zod';

/** A job that processes send each other: its queue, and the shape of its payload, parsed at both ends. */
export interface JobDefinition<P extends z.ZodType> {
  readonly queue: string;
  readonly payload: P;
}

export const defineJob = <P extends z.ZodType>(queue: string, payload: P): JobDefinition<P> => ({ queue, payload });

/** Says that there is work of the kind of this row of `job`; the rows say which of them is next. */
export const JobRef = z.object({ jobId: z.uuid() });
export type JobRef = z.output<typeof JobRef>;

export const ProbeEdition = defineJob('probe-edition', JobRef);
export const EncodeChunk = defineJob('encode-chunk', JobRef);
export const EncodeAudio = defineJob('encode-audio', JobRef);
export const TakeStills = defineJob('take-stills', JobRef);
export const PublishEdition = defineJob('publish-edition', JobRef);

/** Which definition wakes a worker for a row of which kind. */
export const jobOfKind = {
  probe: ProbeEdition,
  chunk: EncodeChunk,
  audio: EncodeAudio,
  stills: TakeStills,
  publish: PublishEdition,
} as const;

/** The queue's id of the next try of a row: a kept finished job blocks a new one of the same id, so each try has its own. */
export const queueIdOf = (row: { id: string; generation: number; fence: number }): string =>
  `${row.id}-${row.generation}-${row.fence}`;
