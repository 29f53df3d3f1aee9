import { describe, expect, it } from '@jest/globals';
import { assertClock } from './clock.js';

/** A database whose clock is so many milliseconds ahead of this machine's. */
const ahead = (offMs: number) => ({
  query: <Rows>(): Promise<Rows> => Promise.resolve([{ now: new Date(Date.now() + offMs) }] as Rows),
});

describe('the clock of this machine', () => {
  it.each([0, 500, -500])('may be %i ms off the database', async (offMs) => {
    await expect(assertClock(ahead(offMs))).resolves.toBeUndefined();
  });

  it.each([3_000, -3_000])('may not be %i ms off, and the refusal says so', async (offMs) => {
    await expect(assertClock(ahead(offMs))).rejects.toThrow(/clock.* \d+ ms off/);
  });
});
