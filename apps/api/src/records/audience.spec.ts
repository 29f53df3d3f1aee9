import { describe, expect, it } from '@jest/globals';
import { audienceOf } from './audience.js';

const row = { sessions: 1, a: 1, b: 1, c: 1, d: 4, minutes_ms: 60_000 };

describe('an audience', () => {
  it('is told whole to those who answer for the roster', () => {
    expect(audienceOf(row, true)).toEqual({
      sessions: 1,
      audience: 7,
      byGrade: { A: 1, B: 1, C: 1, D: 4 },
      minutesMs: 60_000,
    });
  });

  it('is told to others without small groups, and without what they could be reckoned from', () => {
    const hidden = { A: null, B: null, C: null, D: null };
    expect(audienceOf(row, false)).toMatchObject({ audience: 7, byGrade: hidden });
    expect(audienceOf({ ...row, d: 0 }, false)).toMatchObject({ audience: null, minutesMs: null, byGrade: hidden });
    expect(audienceOf({ ...row, a: 0, b: 5, c: 0, d: 0 }, false).byGrade).toEqual({ A: 0, B: 5, C: 0, D: 0 });
  });
});
