import type { PipelineJob, PipelineView } from '#libs/contracts';

/** A piece of the picture, encoded by itself. */
export type Part = PipelineJob & { fromMs: number; toMs: number };

export const partsOf = (jobs: readonly PipelineJob[]): Part[] =>
  jobs.filter((job): job is Part => job.kind === 'chunk' && job.fromMs !== null && job.toMs !== null);

/** What the parts come to altogether. */
export const sumOf = (parts: readonly Part[]) => ({
  done: parts.filter(({ state }) => state === 'done').length,
  running: parts.filter(({ state }) => state === 'running').length,
  failed: parts.filter(({ state }) => state === 'failed').length,
  /** Up to where viewers can watch by now. */
  watchableMs: Math.max(0, ...parts.filter(({ watchable }) => watchable).map(({ toMs }) => toMs)),
});

/** First what has failed, then what is being done, then the rest as it goes. */
export const byConcern = (jobs: readonly PipelineJob[]): PipelineJob[] =>
  jobs.toSorted((a, b) => concernOf(a) - concernOf(b));

const concernOf = ({ state, failure }: PipelineJob): number => {
  if (failure) return state === 'failed' ? 0 : 1;
  return state === 'running' ? 2 : 3;
};

/** CPU time that an encode has taken so far. */
export const costOf = (jobs: readonly PipelineJob[]): number => jobs.reduce((sum, { cpuMs }) => sum + (cpuMs ?? 0), 0);

/** Whether an encode is made, or has failed, beside the one that viewers get. */
export const isBeside = ({ encode, shownEncode }: Pick<PipelineView, 'encode' | 'shownEncode'>): boolean =>
  shownEncode !== null && shownEncode !== encode;

/** What a reader must know before wondering why it goes on, or why nothing does. */
export function situationsOf(pipeline: Situated) {
  const { state, paused, housePaused } = pipeline;
  const told = {
    beside: isBeside(pipeline) && state === 'encoding',
    besideFailed: isBeside(pipeline) && state === 'failed',
    isPaused: paused && state === 'encoding',
    houseIsPaused: housePaused && state === 'encoding',
  };
  return (Object.keys(told) as (keyof typeof told)[]).filter((situation) => told[situation]);
}

type Situated = Pick<PipelineView, 'state' | 'encode' | 'shownEncode' | 'paused' | 'housePaused'>;

type Offering = Pick<PipelineView, 'state' | 'live' | 'sourceKept' | 'encode' | 'shownEncode'>;

/** What may be done with an edition. The server decides again. */
export const offersOf = (pipeline: Offering) => {
  const { state, live, sourceKept } = pipeline;
  const hasEnded = state === 'ready' || (state === 'failed' && isBeside(pipeline));
  return {
    retry: state === 'failed' && sourceKept,
    reEncode: live && sourceKept && hasEnded,
    /** To change it, or to pause and resume. */
    turn: state === 'encoding',
  };
};
