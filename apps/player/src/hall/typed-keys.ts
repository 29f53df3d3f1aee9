export interface Key {
  readonly key: string;
  readonly isChord: boolean;
  /** A field has the focus and takes the key itself. */
  readonly isInField: boolean;
}

export interface Typed {
  readonly text: string;
  readonly isSubmitted: boolean;
  /** Nobody else may have this key: to the player an "m" is the sound, to the focus OK is a press. */
  readonly isTaken: boolean;
}

const MOST_CHARACTERS = 200;
const ENDS = new Set(['Enter', 'Tab']);
const CANCELS = new Set(['Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/**
 * What a scanner (a keyboard that types and presses Enter) or the digits of a remote control have typed while no field has
 * the focus. As long as nothing is typed, keys that are no characters stay with the screen; an arrow gives typing up.
 */
export function typedWith({ key, isChord, isInField }: Key, text: string): Typed {
  const left: Typed = { text, isSubmitted: false, isTaken: false };
  if (isChord || isInField) return left;
  if (isCharacter(key, text)) return { ...left, text: (text + key).slice(0, MOST_CHARACTERS), isTaken: true };
  if (text === '') return left;
  if (ENDS.has(key)) return { text, isSubmitted: true, isTaken: true };
  if (key === 'Backspace') return { ...left, text: text.slice(0, -1), isTaken: true };
  return CANCELS.has(key) ? { ...left, text: '', isTaken: key === 'Escape' } : left;
}

/** A space presses what has the focus, except inside a code. */
const isCharacter = (key: string, text: string): boolean =>
  Array.from(key).length === 1 && (key !== ' ' || text !== '');
