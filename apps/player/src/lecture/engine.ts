/** What the quality menu offers: `auto`, a height such as `480`, or `audio`. */
export type Quality = string;
export const AUTO = 'auto';
export const SOUND_ONLY = 'audio';

/** Why nothing more arrives. `token`: the right to play has run out; `media`: this browser cannot play it. */
export type Trouble = 'no-link' | 'token' | 'media';

export interface EngineEvents {
  readonly onQualities: (qualities: readonly Quality[]) => void;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly onFlow: () => void;
}

/** What brings the lecture's pieces to a `<video>`. */
export interface Engine {
  readonly choose: (quality: Quality) => void;
  /** Goes on under a renewed right to play, without interrupting. */
  readonly renew: (playlistUrl: string) => void;
  /** Tries again after trouble. */
  readonly resume: () => void;
  readonly close: () => void;
}
