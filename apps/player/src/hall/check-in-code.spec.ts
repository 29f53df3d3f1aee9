/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { codeOf, newHallKey } from './check-in-code.js';

describe('codeOf', () => {
  it('is what the house works out with the same key', async () => {
    const key = newHallKey();
    expect(key).toMatch(/^[\w-]{43}$/);
    const right = createHmac('sha256', Buffer.from(key, 'base64url')).update('a-session 7').digest('hex').slice(0, 20);
    expect(await codeOf(key, 'a-session', 7)).toBe(right);
    expect(await codeOf(key, 'a-session', 8)).not.toBe(right);
  });
});
