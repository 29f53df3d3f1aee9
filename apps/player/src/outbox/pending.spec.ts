import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itemCount, parcelsOf, partsOf } from './pending.js';

describe('parcels', () => {
  it('carry every item exactly once, each of one owner and boot, none too large', () => {
    const span = (seq: number) => ({ seq, fromMs: 0, toMs: 1, rate: 1, clockFromMs: 0, clockToMs: 1 });
    const change = fc.record({
      owner: fc.constantFrom('learner:a', 'device:b'),
      bootId: fc.constantFrom('1', '2'),
      spans: fc.nat(1200),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
        const parts = changes.flatMap(({ owner, bootId, spans }, index) =>
          partsOf({
            owner,
            bootId,
            head: { id: String(index), editionId: 'e', kind: 'personal', clockAtStartMs: 0 },
            spans: Array.from({ length: spans }, (_, seq) => span(seq)),
            presences: [],
          }),
        );
        const parcels = parcelsOf(parts);
        const carried = parcels.flatMap(({ owner, bootId, sessions }) =>
          sessions.flatMap(({ id, spans }) => spans.map(({ seq }) => `${owner} ${bootId} ${id} ${seq}`)),
        );
        const expected = changes.flatMap(({ owner, bootId, spans }, index) =>
          Array.from({ length: spans }, (_, seq) => `${owner} ${bootId} ${index} ${seq}`),
        );
        expect(carried.sort()).toEqual(expected.sort());
        for (const { sessions } of parcels) expect(itemCount(sessions)).toBeLessThanOrEqual(500);
      }),
      { numRuns: 30 },
    );
  });
});
