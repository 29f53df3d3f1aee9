/** How far one job is. `progress` 0..1; a job that is done counts as 1. */
export interface JobProgress {
  readonly kind: 'probe' | 'chunk' | 'audio' | 'stills' | 'publish';
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: number;
}

/** What share of an edition's way each kind of job is, all jobs of the kind together. */
const SHARES = { probe: 0.02, chunk: 0.83, audio: 0.06, stills: 0.06, publish: 0.03 } as const;

/** How far an edition is on its way, 0..1. Kinds that have no job yet count as nothing. */
export function editionProgress(jobs: readonly JobProgress[]): number {
  return Object.entries(SHARES).reduce((sum, [kind, share]) => {
    const ofKind = jobs.filter((job) => job.kind === kind);
    const done = ofKind.reduce((total, job) => total + (job.state === 'done' ? 1 : job.progress), 0);
    return sum + (ofKind.length === 0 ? 0 : (share * done) / ofKind.length);
  }, 0);
}
