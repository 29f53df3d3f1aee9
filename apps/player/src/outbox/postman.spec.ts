import { describe, expect, it } from '@jest/globals';
import { waitMs } from './postman.js';

describe('the wait after a failure', () => {
  it('doubles up to five minutes, is spread, and is never shorter than the server asked', () => {
    expect(waitMs(1, undefined, 1)).toBe(2000);
    expect(waitMs(3, undefined, 0)).toBe(4000);
    expect(waitMs(30, undefined, 1)).toBe(300_000);
    expect(waitMs(1, 60_000, 0)).toBeGreaterThanOrEqual(60_000);
  });
});
