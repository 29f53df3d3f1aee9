/** What a key, a media key or a remote control can ask of the player. */
export type Command =
  | { readonly does: 'toggle' | 'play' | 'pause' | 'mute' }
  | { readonly does: 'full-screen' }
  | { readonly does: 'captions' }
  | { readonly does: 'seek'; readonly byMs: number }
  | { readonly does: 'speed'; readonly by: 1 | -1 };

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
const SMALL_MS = 5000;
const LARGE_MS = 10_000;

const letters: Readonly<Record<string, Command>> = {
  k: { does: 'toggle' },
  j: { does: 'seek', byMs: -LARGE_MS },
  l: { does: 'seek', byMs: LARGE_MS },
  m: { does: 'mute' },
  f: { does: 'full-screen' },
  c: { does: 'captions' },
  '>': { does: 'speed', by: 1 },
  '<': { does: 'speed', by: -1 },
  MediaPlayPause: { does: 'toggle' },
  MediaPlay: { does: 'play' },
  MediaPause: { does: 'pause' },
  MediaStop: { does: 'pause' },
  MediaFastForward: { does: 'seek', byMs: LARGE_MS },
  MediaRewind: { does: 'seek', byMs: -LARGE_MS },
};

/** Keys that buttons, menus and sliders have a use of their own for. */
const surfaceKeys: Readonly<Record<string, Command>> = {
  ' ': { does: 'toggle' },
  Enter: { does: 'toggle' },
  ArrowLeft: { does: 'seek', byMs: -SMALL_MS },
  ArrowRight: { does: 'seek', byMs: SMALL_MS },
};

const sliderKeys: Readonly<Record<string, Command>> = {
  ' ': { does: 'toggle' },
  ArrowLeft: { does: 'seek', byMs: -SMALL_MS },
  ArrowRight: { does: 'seek', byMs: SMALL_MS },
  PageDown: { does: 'seek', byMs: -LARGE_MS },
  PageUp: { does: 'seek', byMs: LARGE_MS },
};

/** Which part of the player has the focus. */
export type Part = 'surface' | 'seek-bar' | 'slider' | 'button' | 'menu';

/** A menu finds its entries by letters, so there only media keys are ours. */
export function commandOf(key: string, part: Part): Command | undefined {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const isMediaKey = key.startsWith('Media');
  if (part === 'menu') return isMediaKey ? letters[key] : undefined;
  if (part === 'surface' && surfaceKeys[key]) return surfaceKeys[key];
  if (part === 'seek-bar' && sliderKeys[key]) return sliderKeys[key];
  return letters[name];
}

/** In a hall letters are typed by scanners, and arrows lead from one thing to the next: what is left is OK and media keys. */
export const isHallKey = (key: string): boolean => key.startsWith('Media') || key === 'Enter' || key === ' ';

/** The next speed of the menu, faster or slower; the same at its ends. */
export function nextSpeed(current: number, by: 1 | -1): number {
  const others = by === 1 ? speeds : speeds.slice().reverse();
  return others.find((speed) => (speed - current) * by > 0) ?? current;
}
