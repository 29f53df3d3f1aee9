import type { VideoFacts } from './source-facts.js';

/** One quality to encode: even sizes, the shape of what is shown, a cap on its bit rate. */
export interface Rung {
  /** `1080p` … `240p`; the source's own short side when that is lower. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Bits a second that a viewer's buffer must be able to count on. */
  readonly maxBps: number;
  /** x264's constant rate factor. */
  readonly crf: number;
}

const lowest = { maxBps: 435_205, crf: 22.8 } as const;

/**
 * Short side in pixels, peak bit rate and rate factor of every quality, best first. Measured on slides, screens and
 * cameras: with these no rendition is further from the source than one encode of its own at 23 from the top one would be.
 */
const rungs = [
  { side: 1080, maxBps: 5_184_064, crf: 24 },
  { side: 720, maxBps: 2_534_431, crf: 24.3 },
  { side: 480, maxBps: 1_228_815, crf: 23.3 },
  { side: 360, maxBps: 864_010, crf: 22.6 },
  { side: 240, ...lowest },
] as const;

/** Peak bit rate of a picture of this short side, in bits a second. */
export const maxBpsOf = (shortSide: number): number =>
  rungs.find(({ side }) => side <= shortSide)?.maxBps ?? lowest.maxBps;

/** The size at which a picture is shown, after pixel shape and rotation, in whole pixels. */
export function displaySize({ width, height, pixelShape, rotation }: VideoFacts): { width: number; height: number } {
  const shape = pixelShape.num / pixelShape.den;
  // The side that the pixels' shape stretches grows; no line of the picture is thrown away.
  const shown =
    shape >= 1 ? { width: Math.round(width * shape), height } : { width, height: Math.round(height / shape) };
  return rotation === 90 || rotation === 270 ? { width: shown.height, height: shown.width } : shown;
}

/**
 * The qualities of a source, best first: never above the source, the same shape in each (Apple 1.33).
 *
 * The short side is the rung, so a portrait recording of 1080×1920 is `1080p` as well. A source under 240 gets one
 * rendition at its own size.
 */
export function ladder(video: VideoFacts): Rung[] {
  const shown = displaySize(video);
  const shortSide = Math.min(shown.width, shown.height);
  const within = rungs.filter(({ side }) => side <= shortSide);
  if (within.length === 0) return [rungAt(shown, { side: shortSide, ...lowest })];
  return within.map((rung) => rungAt(shown, rung));
}

interface Quality extends Pick<Rung, 'maxBps' | 'crf'> {
  readonly side: number;
}

function rungAt(shown: { width: number; height: number }, { side, ...rates }: Quality): Rung {
  const scale = side / Math.min(shown.width, shown.height);
  return {
    name: `${side}p`,
    width: even(shown.width * scale),
    height: even(shown.height * scale),
    ...rates,
  };
}

/** Chroma of 4:2:0 has half the lines and columns. */
const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);
