/** Half-open `[from, to)` in whole milliseconds, of media, of a session's clock or of the wall clock. */
export type Interval = readonly [fromMs: number, toMs: number];

/** Merges what overlaps or touches: sorted, disjoint, without empty pieces. Order and repeats of the input change nothing. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (to <= from) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What lies in both; each side may be any list. */
export function intersect(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  const [a, b] = [union(some), union(others)];
  const both: Interval[] = [];
  for (let i = 0, j = 0; ;) {
    const [left, right] = [a[i], b[j]];
    if (!left || !right) return both;
    const [from, to] = [Math.max(left[0], right[0]), Math.min(left[1], right[1])];
    if (from < to) both.push([from, to]);
    if (left[1] < right[1]) i += 1;
    else j += 1;
  }
}

/** What lies in the first and not in the second. */
export function subtract(some: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const edges = union(taken);
  const gaps = edges.map(([, to], index): Interval => [to, edges[index + 1]?.[0] ?? Infinity]);
  return intersect(some, [[-Infinity, edges[0]?.[0] ?? Infinity], ...gaps]);
}

/** Milliseconds in the union: nothing counts twice. */
export const totalMs = (intervals: readonly Interval[]): number =>
  union(intervals).reduce((sum, [from, to]) => sum + (to - from), 0);

export const shift = (intervals: readonly Interval[], byMs: number): Interval[] =>
  intervals.map(([from, to]) => [from + byMs, to + byMs]);
