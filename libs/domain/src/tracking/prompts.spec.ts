import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { promptMoments, promptWindowMs } from './prompts.js';

const MINUTE_MS = 60_000;
const hours = fc.integer({ min: 20_000, max: 6 * 60 * MINUTE_MS });

describe('promptMoments', () => {
  it('asks once in each quarter of an hour, inside the lecture and well apart', () => {
    fc.assert(
      fc.property(fc.string(), hours, (seed, playingMs) => {
        const moments = promptMoments(seed, playingMs);
        expect(moments).toHaveLength(Math.max(1, Math.floor(playingMs / (15 * MINUTE_MS))));
        const edges = [0, ...moments, playingMs];
        const gaps = edges.slice(1).map((moment, index) => moment - (edges[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.min(3 * MINUTE_MS, playingMs * 0.2) - 1);
      }),
    );
  });

  it('is the same for the same session, and another for another', () => {
    const lengthMs = 90 * MINUTE_MS;
    fc.assert(fc.property(fc.uuid(), (id) => expect(promptMoments(id, lengthMs)).toEqual(promptMoments(id, lengthMs))));
    const firsts = new Set(Array.from({ length: 200 }, (_, index) => promptMoments(`session ${index}`, lengthMs)[0]));
    expect(firsts.size).toBeGreaterThan(190);
  });

  it('comes at any part of its stretch, not at a favourite one', () => {
    const parts = Array.from({ length: 2000 }, (_, index) =>
      Math.floor((((promptMoments(`${index}`, 10 * MINUTE_MS)[0] ?? 0) / (10 * MINUTE_MS) - 0.2) / 0.6) * 4),
    );
    for (const quarter of [0, 1, 2, 3]) {
      expect(parts.filter((part) => part === quarter).length).toBeGreaterThan(400);
    }
  });

  it('does not ask in what is over at once', () => expect(promptMoments('a', 19_999)).toEqual([]));
});

describe('promptWindowMs', () => {
  it('gives a full hall more time than three people', () =>
    expect(promptWindowMs(100)).toBeGreaterThan(5 * promptWindowMs(3)));
});
