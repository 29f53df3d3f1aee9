export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Turns a box so that the direction looked in is always "right". */
function turned({ left, top, right, bottom }: Box, direction: Direction): Box {
  switch (direction) {
    case 'right':
      return { left, top, right, bottom };
    case 'left':
      return { left: -right, top, right: -left, bottom };
    case 'down':
      return { left: top, top: left, right: bottom, bottom: right };
    case 'up':
      return { left: -bottom, top: left, right: -top, bottom: right };
  }
}

/** How far a step from one box to another is, both turned: what lies aside counts three times; not ahead is no step. */
function distance(from: Box, to: Box): number {
  const centre = (box: Box) => (box.left + box.right) / 2;
  const isAhead = to.left >= from.right - 1 || (centre(to) > centre(from) && to.left > from.left + 1);
  if (!isAhead) return Infinity;
  const ahead = Math.max(0, to.left - from.right);
  const aside = Math.max(0, to.top - from.bottom, from.top - to.bottom);
  const offset = Math.abs(to.top - from.top) / 1000;
  return ahead + 3 * aside + offset;
}

/** Which box a remote control's arrow leads to, by index; -1 when there is nothing in that direction. */
export function nearest(from: Box, boxes: readonly Box[], direction: Direction): number {
  const start = turned(from, direction);
  const distances = boxes.map((box) => distance(start, turned(box, direction)));
  const least = Math.min(...distances);
  return Number.isFinite(least) ? distances.indexOf(least) : -1;
}

/** Which box lies next to a place, in whatever direction, by index; -1 when there is none. */
export function closest(place: Box, boxes: readonly Box[]): number {
  const apart = (a: number, b: number, c: number, d: number) => Math.max(0, a - d, c - b);
  const distances = boxes.map((box) => {
    const aside = apart(place.left, place.right, box.left, box.right);
    return Math.hypot(aside, apart(place.top, place.bottom, box.top, box.bottom));
  });
  return distances.indexOf(Math.min(...distances));
}
