import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scaled } from './photo.js';

describe('scaled', () => {
  it('keeps the shape, and makes nothing larger', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const [wide, high] = scaled(width, height, 1800);
        expect(Math.max(wide, high)).toBeLessThanOrEqual(Math.min(1800, Math.max(width, height)));
        expect(Math.abs(wide / width - high / height) * Math.min(width, height)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
