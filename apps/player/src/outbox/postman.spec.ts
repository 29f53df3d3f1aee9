import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Postman, waitMs } from './postman.js';
import type { Round, Sender } from './sender.js';

describe('the wait after a failure', () => {
  it('doubles up to five minutes, is spread, and is never shorter than the server asked', () => {
    expect(waitMs(1, undefined, 1)).toBe(2000);
    expect(waitMs(3, undefined, 0)).toBe(4000);
    expect(waitMs(30, undefined, 1)).toBe(300_000);
    expect(waitMs(1, 60_000, 0)).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a link that comes back', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** How many rounds there are of a postman whose rounds all end like this, when the link comes back at once. */
  async function roundsAfterLinkBack(round: Round, laterMs: number): Promise<number> {
    const sendAll = jest.fn(() => Promise.resolve(round));
    const postman = new Postman({ sendAll } as unknown as Sender, () => undefined);
    postman.nudge();
    await jest.advanceTimersByTimeAsync(0);
    await jest.advanceTimersByTimeAsync(laterMs);
    postman.onLinkBack();
    await jest.advanceTimersByTimeAsync(0);
    return sendAll.mock.calls.length;
  }

  it('ends the wait that a failure alone asked for', async () => {
    expect(await roundsAfterLinkBack({ isDone: false, retryAfterMs: undefined }, 0)).toBe(2);
  });

  it('does not end the wait that the server asked for before its time', async () => {
    expect(await roundsAfterLinkBack({ isDone: false, retryAfterMs: 60_000 }, 59_000)).toBe(1);
    expect(await roundsAfterLinkBack({ isDone: false, retryAfterMs: 60_000 }, 60_000)).toBe(2);
  });
});
