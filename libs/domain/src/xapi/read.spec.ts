import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SPANS } from '../tracking/span.js';
import { placeInHour, readSpans, wallZeroOfHour, type Moment } from './read.js';

const at = (verb: Moment['verb'], wallMs: number, more: Partial<Moment> = {}): Moment => ({ verb, wallMs, ...more });
const spansOf = (moments: readonly Moment[]) =>
  readSpans(moments).spans.map(({ span }) => [span.fromMs, span.toMs, span.rate, span.wallFromMs, span.wallToMs]);

describe('statements read as spans', () => {
  it('play from a beginning to a pause, a jump, another rate or the end', () => {
    const moments = [
      at('initialized', 0),
      at('played', 0, { atMs: 0 }),
      at('seeked', 10_000, { fromMs: 10_000, toMs: 60_000 }),
      at('interacted', 20_000, { atMs: 70_000, rate: 2 }),
      at('interacted', 25_000),
      at('paused', 30_000, { atMs: 90_000 }),
      at('completed', 30_000, { atMs: 90_000 }),
      at('seeked', 35_000, { fromMs: 90_000, toMs: 5_000 }),
      at('played', 35_000, { atMs: 5_000 }),
      at('terminated', 40_000, { atMs: 15_000 }),
    ];
    const expected = [
      [0, 10_000, 1, 0, 10_000],
      [60_000, 70_000, 1, 10_000, 20_000],
      [70_000, 90_000, 2, 20_000, 30_000],
      [5_000, 15_000, 2, 35_000, 40_000],
    ];
    expect(spansOf(moments)).toEqual(expected);
    expect(spansOf([...moments].reverse())).toEqual(expected);
  });

  it('do not guess an end that nothing tells', () => {
    const cut = at('played', 0, { atMs: 0 });
    const unclear = at('played', 5_000, { atMs: 3_000 });
    const moments = [cut, unclear, at('paused', 9_000), at('played', 10_000, { atMs: 0 })];
    expect(readSpans(moments)).toEqual({ spans: [], open: [cut, unclear, moments[3]] });
  });

  it('are the same in any order, and each beginning is read or told to be open', () => {
    const moment = fc.record({
      verb: fc.constantFrom('initialized', 'played', 'paused', 'seeked', 'interacted', 'completed', 'terminated'),
      wallMs: fc.nat(1_000_000),
      atMs: fc.option(fc.nat(600_000), { nil: undefined }),
      fromMs: fc.option(fc.nat(600_000), { nil: undefined }),
      toMs: fc.option(fc.nat(600_000), { nil: undefined }),
      rate: fc.constantFrom(undefined, 1, 1.5, 2),
    });
    const distinct = fc.uniqueArray(moment, { selector: ({ wallMs }) => wallMs });
    fc.assert(
      fc.property(distinct, fc.func(fc.integer()), (moments, shuffle) => {
        const reading = readSpans(moments);
        expect(readSpans([...moments].sort((a, b) => shuffle(a) - shuffle(b)))).toEqual(reading);
        const begun = new Set([...reading.spans.map(({ by }) => by), ...reading.open]);
        const played = moments.filter(({ verb, atMs }) => verb === 'played' && atMs !== undefined);
        expect(played.filter((one) => !begun.has(one))).toEqual([]);
      }),
    );
  });
});

describe('the place of a span', () => {
  it('is its own: what begins 200 ms later is another, and all of an hour have room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_577_836_800_000, max: 4_102_444_800_000 }), fc.nat(7_200_000), (wallMs, gap) => {
        const [one, other] = [placeInHour(wallMs), placeInHour(wallMs + 200 + gap)];
        expect(one).not.toEqual(other);
        expect(one.seq).toBeLessThan(MAX_SPANS);
        const offset = wallMs - wallZeroOfHour(one.hour);
        expect(offset >= 0 && offset < 3_600_000).toBe(true);
      }),
    );
  });
});
