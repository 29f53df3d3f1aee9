import { z } from 'zod';

export const jobKinds = ['probe', 'chunk', 'audio', 'stills', 'publish'] as const;
export const jobStates = ['waiting', 'running', 'done', 'failed'] as const;
const JobKind = z.enum(jobKinds);

const Failure = z.object({ code: z.string(), title: z.string(), detail: z.string() });

/** One step of an encode. What is not known yet, or does not apply to its kind, is null. */
export const PipelineJob = z.object({
  kind: JobKind,
  chunkIndex: z.number().int(),
  /** The part of the lecture that it encodes. */
  fromMs: z.number().int().nullable(),
  toMs: z.number().int().nullable(),
  state: z.enum(jobStates),
  /** Tries so far, the one under way included. */
  attempts: z.number().int(),
  /** 0..1 */
  progress: z.number(),
  /** Of its last try, so far. */
  runMs: z.number().int().nullable(),
  /** Lecture encoded per time that passes: 2 is twice as fast as it plays. */
  speed: z.number().nullable(),
  cpuMs: z.number().int().nullable(),
  /** What it has stored. */
  bytes: z.number().int().nullable(),
  /** Who has it, or had it last; without a host when that worker is long gone. */
  worker: z.object({ id: z.uuid(), host: z.string().nullable() }).nullable(),
  /** When the next try may begin, after one that failed. */
  nextTryAt: z.iso.datetime().nullable(),
  /** Whether viewers can watch all of this part by now. */
  watchable: z.boolean(),
  failure: Failure.optional(),
});
export type PipelineJob = z.output<typeof PipelineJob>;

export const PipelineRendition = z.object({
  name: z.string(),
  encode: z.number().int(),
  kind: z.enum(['video', 'audio']),
  bytes: z.number().int(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});
export type PipelineRendition = z.output<typeof PipelineRendition>;

/**
 * What staff see of an edition on its way. `jobs` are those of `encode`, the latest; viewers get `shownEncode`. Where the
 * two differ, an encode is made beside the one that is shown, and `renditions` has those of both.
 */
export const PipelineView = z.object({
  editionId: z.uuid(),
  number: z.number().int(),
  /** All editions of the lecture, newest first. */
  editions: z.array(
    z.object({ number: z.number().int(), state: z.enum(['encoding', 'ready', 'failed']), live: z.boolean() }),
  ),
  state: z.enum(['encoding', 'ready', 'failed']),
  live: z.boolean(),
  encode: z.number().int(),
  shownEncode: z.number().int().nullable(),
  progress: z.number(),
  /** Editions of a higher one are worked on first; normal is 0. */
  priority: z.number().int(),
  paused: z.boolean(),
  /** Whether all work of the house is paused. */
  housePaused: z.boolean(),
  /** Whether the caller may put it before the lectures of everybody else. */
  mayHurry: z.boolean(),
  sourceName: z.string(),
  sourceBytes: z.number().int(),
  sourceKept: z.boolean(),
  failure: Failure.optional(),
  jobs: z.array(PipelineJob),
  renditions: z.array(PipelineRendition),
});
export type PipelineView = z.output<typeof PipelineView>;

const format = z.enum(['json', 'csv']).default('json');

/** Which edition of a lecture is meant, by its number; left out: the newest. */
export const EditionChoice = z.object({ edition: z.coerce.number().int().min(1).optional() });
export type EditionChoice = z.output<typeof EditionChoice>;

/** `table` names what format=csv gives. */
export const PipelineQuery = EditionChoice.extend({
  format,
  table: z.enum(['jobs', 'renditions']).default('jobs'),
});
export type PipelineQuery = z.output<typeof PipelineQuery>;

/** After everybody else's, in its turn, or before everybody else's. */
export const priorities = [-1, 0, 1] as const;
export const ChangePipeline = z
  .strictObject({ priority: z.union(priorities.map((priority) => z.literal(priority))), paused: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes nothing');
export type ChangePipeline = z.output<typeof ChangePipeline>;

/** An edition under way; `place` is its place in the line of the whole house, null while it is paused. */
export const EditionUnderWay = z.object({
  editionId: z.uuid(),
  place: z.number().int().nullable(),
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  unitName: z.string(),
  number: z.number().int(),
  encode: z.number().int(),
  progress: z.number(),
  priority: z.number().int(),
  paused: z.boolean(),
  watchable: z.boolean(),
  /** Whose line it stands in. */
  uploader: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type EditionUnderWay = z.output<typeof EditionUnderWay>;

/** Work of one kind. `oldestWaitMs` leaves out what is paused. */
export const QueueDepth = z.object({
  kind: JobKind,
  waiting: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
  oldestWaitMs: z.number().int().nullable(),
});
export type QueueDepth = z.output<typeof QueueDepth>;

export const WorkerView = z.object({
  id: z.uuid(),
  host: z.string().nullable(),
  cores: z.number().int().nullable(),
  startedAt: z.iso.datetime(),
  /** Since it was last heard of. */
  beatAgeMs: z.number().int(),
  missingProtections: z.array(z.string()),
  jobs: z.array(
    z.object({
      lectureId: z.uuid(),
      lectureTitle: z.string(),
      kind: JobKind,
      chunkIndex: z.number().int(),
      progress: z.number(),
      runMs: z.number().int(),
    }),
  ),
});
export type WorkerView = z.output<typeof WorkerView>;

/**
 * All work on lectures, as far as the caller answers for it. `whole`: the caller is an admin of the root, sees the whole
 * house and its `workers`, and may pause it; others see what lies below their units, and no workers.
 */
export const PipelineOverview = z.object({
  whole: z.boolean(),
  paused: z.boolean(),
  /** The first 200 in the order in which they are worked on; the table (format=csv) has all. */
  editions: z.array(EditionUnderWay),
  editionCount: z.number().int(),
  queues: z.array(QueueDepth),
  workers: z.array(WorkerView).nullable(),
  /** What was finished within the last 24 hours. */
  lastDay: z.object({
    lectures: z.number().int(),
    videoMs: z.number().int(),
    cpuMs: z.number().int(),
    bytes: z.number().int(),
  }),
});
export type PipelineOverview = z.output<typeof PipelineOverview>;

export const PipelineOverviewQuery = z.object({
  format,
  table: z.enum(['editions', 'queues', 'workers']).default('editions'),
});
export type PipelineOverviewQuery = z.output<typeof PipelineOverviewQuery>;

export const SwitchPipeline = z.strictObject({ paused: z.boolean() });
export type SwitchPipeline = z.output<typeof SwitchPipeline>;
