import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shownMinutes } from './cells.js';

describe('minutes of a table', () => {
  it.each([
    [0, '0.0'],
    [59_999, '0.9'],
    [60_000, '1.0'],
    [5_999_999, '99.9'],
  ])('%d ms are %s', (ms, shown) => expect(shownMinutes(ms)).toBe(shown));

  it('are never more than was watched, and less than a tenth below it', () => {
    fc.assert(
      fc.property(fc.nat(), (ms) => {
        const tenths = Number(shownMinutes(ms).replace('.', ''));
        expect(tenths * 6000 <= ms && ms < (tenths + 1) * 6000).toBe(true);
      }),
    );
  });
});
