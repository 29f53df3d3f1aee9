import type { AcceptedFacts } from '#libs/domain';

/** How long a run is waited for. */
export interface Patience {
  /** For a sign of work, before it is taken for stuck, ms. */
  readonly stallMs: number;
  /** Between SIGTERM and SIGKILL, ms: a worker that is asked to stop has five seconds itself. */
  readonly graceMs: number;
}

/** Two tries of a file that gets stuck, and what lies between them, take about a minute (ADR 30). */
export const usualPatience: Patience = { stallMs: 25_000, graceMs: 3_000 };

/** What even a slow disk, and a slow decoder that shares its machine, get through in a second. */
const slowest = { bytes: 50e6, pixels: 40e6 } as const;
/** No run is quiet for longer, whatever it has to do. */
const maxQuietMs = 120_000;

const bounded = (seconds: number): number => Math.min(maxQuietMs, Math.ceil(seconds * 1000));

/** How long looking for a place in a file of this size may take, ms. */
export const readingMs = (bytes: number): number => bounded(bytes / slowest.bytes);

/** How long a run may decode pictures of which it shows none, besides finding its place, ms. */
export function quietMs({ bytes, video }: AcceptedFacts, decodedMs: number): number {
  const pixels = video.width * video.height * video.averageRate * (decodedMs / 1000);
  return bounded(bytes / slowest.bytes + pixels / slowest.pixels);
}
