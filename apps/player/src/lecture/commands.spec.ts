import { describe, expect, it } from '@jest/globals';
import { commandOf, nextSpeed } from './commands.js';

describe('the keys of the player', () => {
  it('seek by the arrows while the picture or the seek bar has the focus', () => {
    expect(commandOf('ArrowRight', 'surface')).toEqual({ does: 'seek', byMs: 5000 });
    expect(commandOf('ArrowLeft', 'seek-bar')).toEqual({ does: 'seek', byMs: -5000 });
    expect(commandOf('l', 'button')).toEqual({ does: 'seek', byMs: 10_000 });
  });

  it('leave to buttons, menus and the volume what they have a use of their own for', () => {
    expect(commandOf(' ', 'button')).toBeUndefined();
    expect(commandOf('Enter', 'button')).toBeUndefined();
    expect(commandOf('ArrowRight', 'button')).toBeUndefined();
    expect(commandOf('ArrowRight', 'slider')).toBeUndefined();
    expect(commandOf('c', 'menu')).toBeUndefined();
  });

  it('take capital letters, media keys and the shifted signs of speed', () => {
    expect(commandOf('K', 'surface')).toEqual({ does: 'toggle' });
    expect(commandOf('MediaPlayPause', 'menu')).toEqual({ does: 'toggle' });
    expect(commandOf('>', 'surface')).toEqual({ does: 'speed', by: 1 });
  });

  it('go through the speeds and stop at the ends', () => {
    expect(nextSpeed(1, 1)).toBe(1.25);
    expect(nextSpeed(1, -1)).toBe(0.75);
    expect(nextSpeed(2, 1)).toBe(2);
    expect(nextSpeed(0.5, -1)).toBe(0.5);
    expect(nextSpeed(1.1, 1)).toBe(1.25);
  });
});
