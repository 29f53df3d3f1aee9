import type { Interval } from './intervals.js';

/** What one session gave a learner for one edition: media seen, and wall clock played. */
export interface Part {
  readonly watched: readonly Interval[];
  readonly played: readonly Interval[];
}

/** What a session added that the sessions before it had not given, in whole milliseconds. */
export interface Share {
  readonly addedCoveredMs: number;
  readonly addedMinutesMs: number;
}

/**
 * How coverage and minutes came together, session by session in the order given. What each added sums to the total,
 * since nothing counts twice. Runs in O(n log n): a learner may have years of sessions.
 */
export function sharesOf(parts: readonly Part[]): Share[] {
  const covered = addedMs(parts.map(({ watched }) => watched));
  const spent = addedMs(parts.map(({ played }) => played));
  return parts.map((_, index) => ({ addedCoveredMs: covered[index] ?? 0, addedMinutesMs: spent[index] ?? 0 }));
}

/** Of each list, what the lists before it had not covered. Each cell between two edges is taken once, by the first that has it. */
function addedMs(lists: readonly (readonly Interval[])[]): number[] {
  const edges = [...new Set(lists.flat(2))].sort((a, b) => a - b);
  const places = new Map(edges.map((edge, place) => [edge, place]));
  const placeOf = (edge: number) => places.get(edge) ?? 0;
  const free = firstFree(edges.length);
  const take = (sum: number, [from, to]: Interval): number => {
    let added = 0;
    for (let cell = free.from(placeOf(from)); cell < placeOf(to); cell = free.from(cell)) {
      added += (edges[cell + 1] ?? 0) - (edges[cell] ?? 0);
      free.take(cell);
    }
    return sum + added;
  };
  return lists.map((list) => list.reduce(take, 0));
}

/** Finds the first cell from one on that is not taken; ways once walked are shortened (union-find). */
function firstFree(count: number) {
  const next = Array.from({ length: count + 1 }, (_, cell) => cell);
  const after = (cell: number) => next[cell] ?? count;
  return {
    take: (cell: number) => {
      next[cell] = cell + 1;
    },
    from: (cell: number): number => {
      let at = cell;
      while (after(at) !== at) {
        next[at] = after(after(at));
        at = after(at);
      }
      return at;
    },
  };
}
