import { describe, expect, it } from '@jest/globals';
import { isPicture, isScreen, pictureKey } from './addresses.js';

describe('what the service worker answers', () => {
  it('are the screens of the player, and nobody else’s', () => {
    expect(['/', '/lectures/1', '/consolation'].map(isScreen)).toEqual([true, true, true]);
    expect(['/console', '/console/sites', '/api/v1/session', '/media/e/x.jpg'].map(isScreen)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('are pictures, but no segments', () => {
    expect(isPicture('/media/e/abc.jpg')).toBe(true);
    expect(isPicture('/media/e/abc.m4s')).toBe(false);
  });

  it('is kept under a name without the right to see it', () => {
    expect(pictureKey('https://a.test/media/e/abc.jpg?token=secret&w=1')).toBe('https://a.test/media/e/abc.jpg?w=1');
  });
});
