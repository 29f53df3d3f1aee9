/** One prompt in about this much playing. */
const STRETCH_MS = 15 * 60_000;
/** What is shorter than this is over before anybody could answer. */
const SHORTEST_MS = 20_000;
/** Never at the edges of a stretch, so that two prompts keep a distance and none comes with the first words or the last. */
const EDGE = 0.2;

/** FNV-1a (32 bits) over UTF-16 units. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** mulberry32: small, and the same in every browser. Not for secrets. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * After how much playing, in ms, a hall is asked who is still there (grade A): once in each quarter of an hour, at a
 * moment that nobody can know beforehand and that is the same whenever it is asked with the same seed.
 */
export function promptMoments(seed: string, playingMs: number): number[] {
  if (playingMs < SHORTEST_MS) return [];
  const random = randomFrom(seedOf(seed));
  const stretches = Math.max(1, Math.floor(playingMs / STRETCH_MS));
  const eachMs = playingMs / stretches;
  return Array.from({ length: stretches }, (_, index) =>
    Math.floor((index + EDGE + (1 - 2 * EDGE) * random()) * eachMs),
  );
}

/** How long a prompt waits for its answers: one scanner serves a whole hall. */
export const promptWindowMs = (people: number): number => 60_000 + 4000 * people;
