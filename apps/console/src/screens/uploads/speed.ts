/** How many bytes had been sent at a moment of the page's clock. */
export interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

const WINDOW_MS = 10_000;

/** Adds a sample and forgets those older than the window; a count that falls back (a retry) starts the window anew. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.bytes < last.bytes) return [sample];
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= WINDOW_MS), sample];
}

/** Bytes a second over the window; null until there is a second to judge by, or while nothing moves. */
export function speedOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 1000 || last.bytes <= first.bytes) return null;
  return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
}

/** Milliseconds until the rest is sent, at this speed. */
export const timeLeft = (restBytes: number, bytesPerSecond: number) => (restBytes / bytesPerSecond) * 1000;
