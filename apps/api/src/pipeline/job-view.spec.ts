import { describe, expect, it } from '@jest/globals';
import { isWithin, speedOf } from './job-view.js';

describe('the speed of a part', () => {
  const part = { fromMs: 12_000, toMs: 72_000, state: 'running', progress: 0.5, runMs: 10_000 } as const;

  it('is the length that has been encoded for each time that passed', () => {
    expect(speedOf(part)).toBe(3);
    expect(speedOf({ ...part, state: 'done' })).toBe(6);
  });

  it('is not known before anything is encoded, of what failed, nor of what is no part', () => {
    expect(speedOf({ ...part, progress: 0 })).toBeNull();
    expect(speedOf({ ...part, runMs: null })).toBeNull();
    expect(speedOf({ ...part, state: 'failed' })).toBeNull();
    expect(speedOf({ ...part, fromMs: null, toMs: null })).toBeNull();
  });
});

describe('a part that can be watched', () => {
  it('lies all within the segments that are there without a gap, the short last one too', () => {
    expect(isWithin({ kind: 'chunk', toMs: 12_000 }, 3)).toBe(true);
    expect(isWithin({ kind: 'chunk', toMs: 12_000 }, 2)).toBe(false);
    expect(isWithin({ kind: 'chunk', toMs: 13_500 }, 4)).toBe(true);
    expect(isWithin({ kind: 'chunk', toMs: 13_500 }, 3)).toBe(false);
  });

  it('is a part of the picture: nothing else is watched by itself', () => {
    expect(isWithin({ kind: 'audio', toMs: 12_000 }, 9)).toBe(false);
    expect(isWithin({ kind: 'chunk', toMs: null }, 9)).toBe(false);
  });
});
