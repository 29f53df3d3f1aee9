import { describe, expect, it } from '@jest/globals';
import { batchesIn } from './bundle-file.js';

const textOf = (batches: unknown) => JSON.stringify({ batches });

describe('the batches of a bundle', () => {
  it('say nothing of when they were sent', () => {
    expect(batchesIn(textOf([{ id: 'a', sentAt: '2026-01-01', sentClockMs: 5 }, 7]))).toEqual([
      { id: 'a', sentAt: null, sentClockMs: null },
      { raw: 7 },
    ]);
  });

  it('are none where there is no list, or a longer one than a bundle holds', () => {
    for (const text of ['', '{', '[]', '{"batches":{}}', textOf(Array(1001).fill(1))])
      expect(batchesIn(text)).toBeUndefined();
  });

  it('are none in a text of empty things, which would cost many times what it weighs', () => {
    expect(batchesIn(textOf([{ spans: Array(50_000).fill({}) }]))).toBeUndefined();
    const span = { seq: 0, fromMs: 0, toMs: 1, rate: 1, clockFromMs: 0, clockToMs: 1 };
    expect(batchesIn(textOf([{ spans: Array(5_000).fill(span) }]))).toHaveLength(1);
  });
});
