import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roomFor, type KeptThing } from './index.js';

const thing = (id: string, some: Partial<KeptThing> = {}): KeptThing => ({
  id,
  bytes: 100,
  isPinned: false,
  isPlaying: false,
  isOutdated: false,
  isWatched: true,
  usedAtMs: 0,
  ...some,
});

describe('making room', () => {
  it('takes nothing away while there is room', () => {
    expect(roomFor(50, 50, [thing('a')])).toEqual([]);
  });

  it('begins with what the catalogue no longer has, then takes what was watched longest ago', () => {
    const kept = [
      thing('new', { usedAtMs: 9 }),
      thing('old', { usedAtMs: 1 }),
      thing('gone', { isOutdated: true, isWatched: false, usedAtMs: 10 }),
    ];
    expect(roomFor(100, 0, kept)).toEqual(['gone']);
    expect(roomFor(150, 0, kept)).toEqual(['gone', 'old']);
  });

  it('takes nothing when all of it would not do', () => {
    expect(roomFor(201, 0, [thing('a'), thing('b')])).toBeUndefined();
  });

  const anything = fc.record({
    id: fc.uuid(),
    bytes: fc.nat(1000),
    isPinned: fc.boolean(),
    isPlaying: fc.boolean(),
    isOutdated: fc.boolean(),
    isWatched: fc.boolean(),
    usedAtMs: fc.nat(100),
  });

  it('never takes what is pinned, playing, or still waits to be watched, and never more than is needed', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anything, { selector: ({ id }) => id }),
        fc.nat(5000),
        fc.nat(3000),
        (kept, bytes, free) => {
          const going = roomFor(bytes, free, kept);
          const gone = kept.filter(({ id }) => going?.includes(id));
          expect(gone.filter(({ isPinned, isPlaying }) => isPinned || isPlaying)).toEqual([]);
          expect(gone.every(({ isOutdated, isWatched }) => isOutdated || isWatched)).toBe(true);
          if (!going) return;
          const freed = gone.reduce((sum, each) => sum + each.bytes, free);
          expect(freed).toBeGreaterThanOrEqual(bytes);
          const last = gone.find(({ id }) => id === going.at(-1));
          if (last) expect(freed - last.bytes).toBeLessThan(bytes);
        },
      ),
    );
  });
});
