import { presenceFaultOf, type Presence } from './presence.js';
import { faultOf, thousandths, type RefusalCode, type Span } from './span.js';

/** An item that does not count, and by which rule. */
export interface Refused<Item> {
  readonly item: Item;
  readonly code: RefusalCode;
}

/** Of the same set of versions always the same verdict, in whatever order and however often they came. */
export interface Settled<Item> {
  /** One for each seq, by seq. */
  readonly counted: Item[];
  readonly refused: Refused<Item>[];
}

type Key = readonly (number | string)[];
interface Growth<Item> {
  readonly seq: (item: Item) => number;
  /** Versions that agree in this are one thing that grew. */
  readonly root: (item: Item) => Key;
  /** Of one thing, the largest counts. */
  readonly size: (item: Item) => Key;
}

const spanGrowth: Growth<Span> = {
  seq: ({ seq }) => seq,
  root: ({ clockFromMs, fromMs, rate }) => [clockFromMs, fromMs, thousandths(rate)],
  size: ({ clockToMs, toMs }) => [clockToMs, toMs],
};

/** An open presence is the smallest of its versions: once its end is known, that counts. */
const presenceGrowth: Growth<Presence> = {
  seq: ({ seq }) => seq,
  root: ({ clockFromMs, learnerId, grade }) => [clockFromMs, learnerId, grade],
  size: ({ clockToMs }) => [clockToMs ?? 0],
};

/** What stays the same while an item grows, as a word. */
export const rootOfSpan = (span: Span): string => [span.seq, ...spanGrowth.root(span)].join(' ');
export const rootOfPresence = (presence: Presence): string =>
  [presence.seq, ...presenceGrowth.root(presence)].join(' ');

function compare(a: Key, b: Key): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [left, right] = [a[at], b[at]];
  return left === undefined || right === undefined ? 0 : left < right ? -1 : 1;
}

const bySeq =
  <Item>(growth: Growth<Item>) =>
  (a: Item, b: Item): number =>
    growth.seq(a) - growth.seq(b) || compare(growth.root(a), growth.root(b)) || compare(growth.size(b), growth.size(a));

/** Rule 2: the first root of each seq stands, with its largest version; other roots are refused. */
function standing<Item, I extends Item>(versions: readonly I[], growth: Growth<Item>): Settled<I> {
  const counted: I[] = [];
  const refused: Refused<I>[] = [];
  let before: I | undefined;
  for (const item of [...versions].sort(bySeq(growth))) {
    const last = counted.at(-1);
    if (!last || growth.seq(last) !== growth.seq(item)) counted.push(item);
    else if (before && compare(growth.root(before), growth.root(item)) !== 0)
      refused.push({ item, code: 'span-changed' });
    before = item;
  }
  return { counted, refused };
}

function withoutFaults<Item>(versions: readonly Item[], fault: (item: Item) => RefusalCode | undefined): Settled<Item> {
  const counted: Item[] = [];
  const refused: Refused<Item>[] = [];
  for (const item of versions) {
    const code = fault(item);
    if (code) refused.push({ item, code });
    else counted.push(item);
  }
  return { counted, refused };
}

const OVERLAP_MS = 50;
const overlapMs = (a: Span, b: Span | undefined): number =>
  b ? Math.min(a.clockToMs, b.clockToMs) - Math.max(a.clockFromMs, b.clockFromMs) : 0;

/** Where `span` belongs among spans sorted by clock. */
function placeOf(span: Span, sorted: readonly Span[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.clockFromMs ?? Infinity) <= span.clockFromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Rule 1, `clock-overlap`: by seq, each span against those already counted. Since no span is as short as the overlap
 * that is forgiven, counted spans are sorted by both ends, and the two neighbours are all that can be overlapped.
 */
function withoutOverlaps<S extends Span>(spans: readonly S[]): Settled<S> {
  const byClock: S[] = [];
  const result: Settled<S> = { counted: [], refused: [] };
  for (const span of spans) {
    const place = placeOf(span, byClock);
    if (Math.max(overlapMs(span, byClock[place - 1]), overlapMs(span, byClock[place])) > OVERLAP_MS)
      result.refused.push({ item: span, code: 'clock-overlap' });
    else {
      byClock.splice(place, 0, span);
      result.counted.push(span);
    }
  }
  return result;
}

/** Which spans of one session count: rules 1 and 2 over every version that has arrived. */
export function settleSpans<S extends Span>(versions: readonly S[], lengthMs: number): Settled<S> {
  const admissible = withoutFaults(versions, (span) => faultOf(span, lengthMs));
  const grown = standing(admissible.counted, spanGrowth);
  const apart = withoutOverlaps(grown.counted);
  return { counted: apart.counted, refused: [...admissible.refused, ...grown.refused, ...apart.refused] };
}

/** Which presences of one session count. */
export function settlePresences<P extends Presence>(versions: readonly P[]): Settled<P> {
  const wellFormed = withoutFaults(versions, presenceFaultOf);
  const grown = standing(wellFormed.counted, presenceGrowth);
  return { counted: grown.counted, refused: [...wellFormed.refused, ...grown.refused] };
}
