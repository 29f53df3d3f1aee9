import { describe, expect, it } from '@jest/globals';
import type { PipelineJob } from '#libs/contracts';
import { byConcern, costOf, isBeside, offersOf, partsOf, situationsOf, sumOf } from './parts';

const job = (values: Partial<PipelineJob>): PipelineJob => ({
  kind: 'chunk',
  chunkIndex: 0,
  fromMs: 0,
  toMs: 12_000,
  state: 'waiting',
  attempts: 0,
  progress: 0,
  runMs: null,
  speed: null,
  cpuMs: null,
  bytes: null,
  worker: null,
  nextTryAt: null,
  watchable: false,
  ...values,
});

describe('the parts of an encode', () => {
  const jobs = [
    job({ kind: 'probe', fromMs: null, toMs: null, state: 'done', cpuMs: 100 }),
    job({ state: 'done', cpuMs: 5_000, watchable: true }),
    job({ chunkIndex: 1, fromMs: 12_000, toMs: 72_000, state: 'done', cpuMs: 9_000, watchable: true }),
    job({ chunkIndex: 2, fromMs: 72_000, toMs: 132_000, state: 'running' }),
    job({ chunkIndex: 3, fromMs: 132_000, toMs: 140_000, state: 'failed' }),
  ];

  it('are the chunks of the picture', () => {
    expect(partsOf(jobs).map(({ chunkIndex }) => chunkIndex)).toEqual([0, 1, 2, 3]);
  });

  it('are listed by how much they concern a reader', () => {
    const failure = { code: 'encode-stalled', title: 'x', detail: 'y' };
    const failed = [job({ chunkIndex: 8, failure }), job({ chunkIndex: 9, state: 'failed', failure })];
    expect(byConcern([...partsOf(jobs).slice(0, 3), ...failed]).map(({ chunkIndex }) => chunkIndex)).toEqual([
      9, 8, 2, 0, 1,
    ]);
  });

  it('are summed up', () => {
    expect(sumOf(partsOf(jobs))).toEqual({ done: 2, running: 1, failed: 1, watchableMs: 72_000 });
    expect(sumOf([])).toEqual({ done: 0, running: 0, failed: 0, watchableMs: 0 });
    expect(costOf(jobs)).toBe(14_100);
  });
});

describe('what may be done with an edition', () => {
  const ready = { state: 'ready', live: true, sourceKept: true, encode: 1, shownEncode: 1, paused: false } as const;
  const offered = (pipeline: Parameters<typeof offersOf>[0]) =>
    Object.entries(offersOf(pipeline))
      .filter(([, may]) => may)
      .map(([name]) => name);

  it('that is ready and watched: encode it again', () => {
    expect(offered(ready)).toEqual(['reEncode']);
    expect(offered({ ...ready, live: false })).toEqual([]);
  });

  it('that is under way: pause or resume it, change its turn', () => {
    expect(offered({ ...ready, state: 'encoding', encode: 2 })).toEqual(['turn']);
  });

  it('that has failed: try again, and where another encode is shown, begin anew', () => {
    expect(offered({ ...ready, state: 'failed', live: false, shownEncode: null })).toEqual(['retry']);
    expect(offered({ ...ready, state: 'failed', encode: 2 })).toEqual(['retry', 'reEncode']);
  });

  it('without its original: nothing', () => {
    expect(offered({ ...ready, sourceKept: false })).toEqual([]);
    expect(offered({ ...ready, sourceKept: false, state: 'failed', encode: 2 })).toEqual([]);
  });

  it('is explained where it goes on beside what viewers get, or rests', () => {
    const told = { ...ready, housePaused: false };
    expect(situationsOf(told)).toEqual([]);
    expect(situationsOf({ ...told, state: 'encoding', encode: 2, paused: true })).toEqual(['beside', 'isPaused']);
    expect(situationsOf({ ...told, state: 'failed', encode: 2 })).toEqual(['besideFailed']);
    expect(situationsOf({ ...told, state: 'encoding', housePaused: true })).toEqual(['houseIsPaused']);
    expect(situationsOf({ ...told, housePaused: true })).toEqual([]);
  });

  it('tells an encode beside the shown one from the first', () => {
    expect(isBeside(ready)).toBe(false);
    expect(isBeside({ encode: 2, shownEncode: 1 })).toBe(true);
    expect(isBeside({ encode: 1, shownEncode: null })).toBe(false);
  });
});
