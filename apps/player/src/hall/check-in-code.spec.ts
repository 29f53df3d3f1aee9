/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { checkInPath, codeOf, handleOf, newHallKey, scannedIn } from './check-in-code.js';

describe('codeOf', () => {
  it('is what the house works out with the same key', async () => {
    const key = newHallKey();
    expect(key).toMatch(/^[\w-]{43}$/);
    const right = createHmac('sha256', Buffer.from(key, 'base64url')).update('a-session 7').digest('hex').slice(0, 20);
    expect(await codeOf(key, 'a-session', 7)).toBe(right);
    expect(await codeOf(key, 'a-session', 8)).not.toBe(right);
  });
});

describe('what a phone scans', () => {
  const handle = '01928374-5566-8788-89aa-bbccddeeff00';
  const code = '0123456789abcdef0123';

  it('tells the page that is asked for nothing of the code', () => {
    const url = new URL(checkInPath(handle, 7, code), 'https://lectern.example');
    expect([url.pathname, url.search]).toEqual(['/check-in', '']);
    expect(scannedIn(url.hash)).toEqual({ sessionId: handle, step: 7, code });
  });

  it.each([
    '',
    '#',
    `#${handle}`,
    `#${handle}/7/${code}/x`,
    `#${handle}/-7/${code}`,
    `#${handle}/7/<b>`,
    `#x/7/${code}`,
  ])('is nothing when it is %j', (hash) => expect(scannedIn(hash)).toBeUndefined());
});

describe('handleOf', () => {
  it('is a UUID that gives nobody the id of the session', async () => {
    const handle = await handleOf('01928374-5566-7788-99aa-bbccddeeff00');
    expect(handle).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    const hash = createHash('sha256').update('01928374-5566-7788-99aa-bbccddeeff00').digest('hex');
    expect(hash.startsWith(handle.slice(0, 8))).toBe(true);
  });

  it('is another one for an id that has been shown', async () => {
    const shown = await handleOf('01928374-5566-7788-99aa-bbccddeeff00');
    expect(await handleOf(shown)).not.toBe(shown);
  });
});
