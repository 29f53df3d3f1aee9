import { describe, expect, it } from '@jest/globals';
import { isNight, shareOf } from './night.js';

describe('the scrub’s time', () => {
  it('is from one to five at night, where the machine stands', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isNight(new Date(2026, 10, 22, hour)));
    expect(hours).toEqual([1, 2, 3, 4]);
  });

  it('gives every share its day in as many days', () => {
    const days = Array.from({ length: 100 }, (_, day) => shareOf(new Date(Date.UTC(2026, 10, 1 + day)), 100));
    expect(new Set(days).size).toBe(100);
  });
});
