import { describe, expect, it } from '@jest/globals';
import { editionProgress, type JobProgress } from './edition-progress.js';

const job = (kind: JobProgress['kind'], state: JobProgress['state'], progress = 0): JobProgress => ({
  kind,
  state,
  progress,
});

describe('editionProgress', () => {
  it('is nothing before the first job and all when every job is done', () => {
    expect(editionProgress([])).toBe(0);
    const all = (['probe', 'chunk', 'audio', 'stills', 'publish'] as const).map((kind) => job(kind, 'done'));
    expect(editionProgress(all)).toBeCloseTo(1);
  });

  it('moves with the chunks, which are most of the way', () => {
    const half = editionProgress([job('probe', 'done'), job('chunk', 'done'), job('chunk', 'waiting')]);
    expect(half).toBeCloseTo(0.02 + 0.83 / 2);
    expect(editionProgress([job('probe', 'done'), job('chunk', 'running', 0.5)])).toBeCloseTo(half);
  });
});
