import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Typed, typedWith } from './typed-keys.js';

const press = (keys: readonly string[], isInField = false): Typed =>
  keys.reduce<Typed>((typed, key) => typedWith({ key, isChord: false, isInField }, typed.text), {
    text: '',
    isSubmitted: false,
    isTaken: false,
  });

describe('typedWith', () => {
  it('takes every character of a card and its Enter, so that none is a shortcut of the player', () => {
    const card = fc.stringMatching(/^[kjlmfcKM0-9-]{1,60}$/);
    fc.assert(
      fc.property(card, (text) => {
        for (let end = 1; end <= text.length; end += 1) expect(press(text.slice(0, end).split('')).isTaken).toBe(true);
        expect(press([...text.split(''), 'Enter'])).toEqual({ text, isSubmitted: true, isTaken: true });
      }),
    );
  });

  it('leaves OK, space and arrows to the screen while nothing is typed', () => {
    for (const key of ['Enter', ' ', 'ArrowUp', 'Tab', 'Escape', 'Shift', 'MediaPlay'])
      expect(press([key])).toEqual({ text: '', isSubmitted: false, isTaken: false });
  });

  it('gives up what was typed when somebody moves on', () => {
    expect(press(['4', '2', 'ArrowLeft'])).toEqual({ text: '', isSubmitted: false, isTaken: false });
    expect(press(['4', '2', 'Escape'])).toEqual({ text: '', isSubmitted: false, isTaken: true });
    expect(press(['4', '2', 'Backspace']).text).toBe('4');
  });

  it('takes nothing from a field, nor from a shortcut of the browser', () => {
    expect(press(['a'], true).isTaken).toBe(false);
    expect(typedWith({ key: 'r', isChord: true, isInField: false }, '').isTaken).toBe(false);
  });
});
