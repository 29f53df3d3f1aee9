import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultOf, settlePresences, settleSpans, type Presence, type Span } from './index.js';

const LENGTH = 20_000;
const span = (seq: number, fromMs: number, toMs: number, clockFromMs: number, clockToMs: number, rate = 1): Span => ({
  seq,
  fromMs,
  toMs,
  rate,
  clockFromMs,
  clockToMs,
});
const codes = (versions: Span[]) => settleSpans(versions, LENGTH).refused.map(({ item, code }) => [item.seq, code]);

describe('a span on its own', () => {
  it.each([
    ['malformed', span(0, 10, 10, 0, 1000)],
    ['malformed', span(0, -1, 1000, 0, 1000)],
    ['malformed', span(0, 0, 1000, 1000, 1000)],
    ['malformed', span(0, 0, 1000.5, 0, 1000)],
    ['malformed', span(-1, 0, 1000, 0, 1000)],
    ['malformed', span(0, 0, 1000, 0, 1000, 0)],
    ['malformed', span(0, 0, 4100, 0, 1000, 4.1)],
    ['malformed', span(0, 0, 1000, 0, NaN)],
    ['malformed', span(0, 0, 1000, 9e15, 9e15 + 1000)],
    ['too-short', span(0, 0, 249, 0, 249)],
    ['faster-than-clock', span(0, 0, 1051, 0, 1000)],
    ['faster-than-clock', span(0, 0, 10_101, 0, 10_000)],
    ['slower-than-clock', span(0, 0, 1000, 0, 2001)],
    ['slower-than-clock', span(0, 0, 18_999, 0, 20_000)],
    ['beyond-the-end', span(0, LENGTH, LENGTH + 300, 0, 300)],
    ['beyond-the-end', span(0, 10_000, LENGTH + 501, 0, 10_501)],
    ['session-full', span(20_000, 0, 1000, 0, 1000)],
  ])('is refused as %s', (code, refused) => {
    expect(faultOf(refused, LENGTH)).toBe(code);
  });

  it.each([
    ['as short as can be', span(0, 0, 250, 0, 250)],
    ['50 ms faster than the clock', span(0, 0, 1050, 0, 1000)],
    ['one per cent faster than the clock', span(0, 0, 10_100, 0, 10_000)],
    ['a second slower than the clock', span(0, 0, 1000, 0, 2000)],
    ['five per cent slower than a long clock', span(0, 0, 38_000, 0, 40_000)],
    ['a rate that floating point cannot hold', span(0, 0, 1_100_000, 0, 1_000_000, 1.1)],
  ])('may be %s', (_, admissible) => {
    expect(faultOf(admissible, 1_100_000)).toBeUndefined();
  });

  it('may run half a second past the end', () => {
    expect(faultOf(span(0, 10_000, LENGTH + 500, 0, 10_500), LENGTH)).toBeUndefined();
  });
});

describe('the spans of a session', () => {
  it('count once, however often they grew', () => {
    const flushes = [5000, 15_000, 10_000].map((end) => span(0, 0, end, 0, end));
    expect(settleSpans(flushes, LENGTH)).toEqual({ counted: [flushes[1]], refused: [] });
  });

  it('keep the last good version when a later one is faulty', () => {
    const good = span(0, 0, 5000, 0, 5000);
    expect(settleSpans([span(0, 0, 19_000, 0, 6000), good], LENGTH).counted).toEqual([good]);
  });

  it('that changed are refused, the first stands', () => {
    expect(codes([span(0, 0, 5000, 100, 5100), span(0, 0, 4000, 0, 4000)])).toEqual([[0, 'span-changed']]);
  });

  it('may not play in two places at once', () => {
    expect(codes([span(0, 0, 5000, 0, 5000), span(1, 9000, 12_000, 4949, 7949)])).toEqual([[1, 'clock-overlap']]);
    expect(codes([span(0, 0, 5000, 0, 5000), span(1, 9000, 12_000, 4950, 7950)])).toEqual([]);
  });

  it('are held against admissible spans only', () => {
    const [first, second, third] = [
      span(0, 0, 5000, 0, 5000),
      span(1, 0, 6000, 4000, 10_000),
      span(2, 0, 4000, 5500, 9500),
    ];
    expect(settleSpans([first, second, third], LENGTH).counted).toEqual([first, third]);
  });
});

const versions = fc.array(
  fc
    .record({
      seq: fc.nat(6),
      fromMs: fc.nat(21_000),
      media: fc.integer({ min: -10, max: 6000 }),
      rate: fc.constantFrom(0.5, 1, 1, 1, 2, 4, 5),
      clockFromMs: fc.nat({ max: 30 }).map((step) => step * 700),
      drift: fc.integer({ min: -60, max: 1100 }),
    })
    .map(({ media, drift, ...rest }) => ({
      ...rest,
      toMs: rest.fromMs + media,
      clockToMs: rest.clockFromMs + Math.round(media / rest.rate) + drift,
    })),
  { maxLength: 25 },
);

/** Rule 1's overlap by the plain model: for every seq in turn, all milliseconds that are already taken. */
function overlapsByModel(counted: readonly Span[], candidate: Span): boolean {
  return counted.some((other) => {
    const taken = Array.from(
      { length: candidate.clockToMs - candidate.clockFromMs },
      (_, i) => candidate.clockFromMs + i,
    );
    return taken.filter((ms) => ms >= other.clockFromMs && ms < other.clockToMs).length > 50;
  });
}

describe('whatever arrives', () => {
  it('is settled the same in any order and any number', () => {
    fc.assert(
      fc.property(
        versions.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
        ),
        ([all, shuffled]) => expect(settleSpans(shuffled, LENGTH).counted).toEqual(settleSpans(all, LENGTH).counted),
      ),
    );
  });

  it('counts only what is admissible and apart from all that counts', () => {
    fc.assert(
      fc.property(versions, (all) => {
        const { counted, refused } = settleSpans(all, LENGTH);
        const before: Span[] = [];
        for (const item of counted) {
          expect(faultOf(item, LENGTH)).toBeUndefined();
          expect(overlapsByModel(before, item)).toBe(false);
          before.push(item);
        }
        for (const { item } of refused.filter(({ code }) => code === 'clock-overlap')) {
          expect(
            overlapsByModel(
              counted.filter(({ seq }) => seq < item.seq),
              item,
            ),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('presences', () => {
  const present = (seq: number, clockFromMs: number, clockToMs: number | null, learnerId = 'p'): Presence => ({
    seq,
    learnerId,
    clockFromMs,
    clockToMs,
    grade: 'B',
  });

  it('grow, and an end counts more than none', () => {
    const versions = [present(0, 0, 4000), present(0, 0, null), present(0, 0, 3000)];
    expect(settlePresences(versions)).toEqual({ counted: [versions[0]], refused: [] });
  });

  it('cannot be turned into those of somebody else', () => {
    const { refused } = settlePresences([present(0, 0, 3000, 'q'), present(0, 0, null, 'p')]);
    expect(refused).toEqual([{ item: present(0, 0, 3000, 'q'), code: 'span-changed' }]);
  });

  it('cannot end before they begin', () => {
    expect(settlePresences([present(0, 4000, 3000)]).refused).toHaveLength(1);
  });
});
