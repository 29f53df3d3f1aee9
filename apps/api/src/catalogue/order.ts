/** The list with one item at another place; a place past the end is the last. */
export function moved(ids: readonly string[], id: string, place: number): string[] {
  const others = ids.filter((other) => other !== id);
  return others.toSpliced(place, 0, id);
}
