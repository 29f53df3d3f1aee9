import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  attendancesOf,
  carryOver,
  creditOf,
  creditOfSeveral,
  dateSession,
  dayOf,
  shownRatio,
  splitByDay,
  totalMs,
  union,
  watchedWithin,
  type SessionClock,
  type Span,
} from './index.js';

const span = (fromMs: number, toMs: number, clockFromMs: number, clockToMs: number): Span => ({
  seq: 0,
  fromMs,
  toMs,
  rate: (toMs - fromMs) / (clockToMs - clockFromMs),
  clockFromMs,
  clockToMs,
});

describe('a hall', () => {
  const spans = [span(0, 9000, 1000, 10_000)];

  it('counts an open presence to the last moment at which something played', () => {
    const presences = [{ seq: 0, learnerId: 'p', clockFromMs: 4000, clockToMs: null, grade: 'C' as const }];
    const [person] = attendancesOf({ learnerId: null, lengthMs: 9000, spans, presences });
    expect(person).toMatchObject({ grade: 'C', watched: { C: [[3000, 9000]] }, played: [[4000, 10_000]] });
  });

  it('names a learner by the best grade, and each part by its own', () => {
    const presences = [
      { seq: 0, learnerId: 'p', clockFromMs: 0, clockToMs: 10_000, grade: 'C' as const },
      { seq: 1, learnerId: 'p', clockFromMs: 2000, clockToMs: 3000, grade: 'A' as const },
    ];
    const [person] = attendancesOf({ learnerId: null, lengthMs: 9000, spans, presences });
    expect(person?.grade).toBe('A');
    expect(person?.watched).toEqual({ A: [[1000, 2000]], B: [], C: [[0, 1000], [2000, 9000]] }); // prettier-ignore
  });

  it('has no audience when nothing played', () => {
    const presences = [{ seq: 0, learnerId: 'p', clockFromMs: 0, clockToMs: 9, grade: 'B' as const }];
    expect(attendancesOf({ learnerId: null, lengthMs: 9000, spans: [], presences })).toEqual([]);
  });

  it('gives nobody more media than played while they were there', () => {
    fc.assert(
      fc.property(
        fc.nat(4000),
        fc.nat(4000),
        fc.integer({ min: 250, max: 4000 }),
        fc.integer({ min: 1, max: 9000 }),
        (from, a, clock, media) => {
          const played = span(from, from + media, 1000, 1000 + clock);
          const whole = watchedWithin([played], [[1000, 1000 + clock]], 1e9);
          const [left, right] = [
            watchedWithin([played], [[0, 1000 + a]], 1e9),
            watchedWithin([played], [[1000 + a, 9000]], 1e9),
          ];
          expect(whole).toEqual([[from, from + media]]);
          expect(totalMs(left) + totalMs(right)).toBe(media);
        },
      ),
    );
  });

  it('gives what each span on its own would give, however many there are', () => {
    const clock = fc.nat(5000);
    const some = fc.array(fc.tuple(clock, clock), { maxLength: 12 });
    fc.assert(
      fc.property(some, some, (played, there) => {
        const all = played.map(([clockFrom, length], seq) =>
          span(seq, seq + 100 + length, clockFrom, clockFrom + length + 1),
        );
        const single = all.flatMap((one) => there.flatMap((part) => watchedWithin([one], [part], 4000)));
        expect(watchedWithin(all, there, 4000)).toEqual(union(single));
      }),
    );
  });

  it('may be as long and as full as a session can be', () => {
    const played = Array.from({ length: 20_000 }, (_, at) => span(at * 300, at * 300 + 300, at * 300, at * 300 + 300));
    const presences = Array.from({ length: 5000 }, (_, seq) => {
      return { seq, learnerId: 'p', clockFromMs: seq * 1200, clockToMs: seq * 1200 + 600, grade: 'C' as const };
    });
    const evidence = { learnerId: null, lengthMs: 6_000_000, spans: played, presences };
    expect(attendancesOf(evidence).map(({ watched }) => totalMs(watched.C))).toEqual([3_000_000]);
  });

  it('maps exactly in spans longer than floating point can multiply', () => {
    const long = span(0, 2 ** 31 - 1, 0, 999_999_999_999);
    expect(watchedWithin([long], [[0, 999_999_999_998]], 1e12)).toEqual([[0, 2 ** 31 - 2]]);
  });
});

describe('the date of a session', () => {
  const received = Date.UTC(2026, 10, 20);
  const session: SessionClock = {
    clockAtStartMs: 50_000,
    claimedStartMs: received - 3_600_000,
    firstReceivedMs: received,
    firstClockToMs: 80_000,
    spans: [{ clockToMs: 80_000, receivedMs: received }],
  };

  it('comes from the nearest anchor of its boot', () => {
    const anchors = [
      { clockMs: 90_000, serverMs: 2_090_000 },
      { clockMs: 40_000, serverMs: 1_040_000 },
    ];
    expect(dateSession(session, anchors)).toEqual({ wallZeroMs: 1_000_000, datedBy: 'anchor' });
    expect(dateSession(session, anchors.toReversed())).toEqual({ wallZeroMs: 1_000_000, datedBy: 'anchor' });
  });

  it('else from what the device claims, when it can be', () => {
    expect(dateSession(session, [])).toEqual({ wallZeroMs: received - 3_650_000, datedBy: 'claim' });
  });

  it.each([
    ['a clock that stands at 1970', 50_000],
    ['a clock of 2099', Date.UTC(2099, 0, 1)],
    ['no clock', null],
  ])('else from the receipt: %s', (_, claimedStartMs) => {
    const dated = dateSession({ ...session, claimedStartMs }, []);
    expect(dated).toEqual({ wallZeroMs: received - 80_000, datedBy: 'receipt' });
  });
});

describe('days', () => {
  it('are those of the time zone', () => {
    const evening = Date.UTC(2026, 2, 3, 15, 59, 59);
    expect(dayOf(evening, 'Asia/Shanghai')).toBe('2026-03-03');
    const midnight = Date.UTC(2026, 2, 3, 16);
    expect(splitByDay([[evening, midnight + 60_000]], 'Asia/Shanghai')).toEqual([
      { day: '2026-03-03', interval: [evening, midnight] },
      { day: '2026-03-04', interval: [midnight, midnight + 60_000] },
    ]);
  });

  it('may be 23 or 25 hours long, and lose nothing', () => {
    const start = Date.UTC(2026, 9, 24, 22);
    const parts = splitByDay([[start, start + 3 * 86_400_000]], 'Europe/Berlin');
    expect(parts.map(({ interval: [from, to] }) => (to - from) / 3_600_000)).toEqual([25, 24, 23]);
  });

  it('share out every interval whole', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e12 }), fc.nat(2e8), zones, (from, length, zone) => {
        const parts = splitByDay([[from, from + length]], zone);
        expect(totalMs(parts.map(({ interval }) => interval))).toBe(length);
        for (const { day, interval } of parts) {
          expect([dayOf(interval[0], zone), dayOf(interval[1] - 1, zone)]).toEqual([day, day]);
        }
      }),
    );
  });
});

describe('credit', () => {
  it('is never more than the minutes, of a day neither', () => {
    expect(creditOf([[0, 600]], [[0, 200]], 600).creditMs).toBe(200);
    expect(creditOfSeveral([600, 600, 600, 600], [[0, 600]])).toBe(600);
  });

  it('is complete on integers, at the threshold and not before', () => {
    expect(creditOf([[0, 950]], [[0, 950]], 1000).complete).toBe(true);
    expect(creditOf([[0, 949]], [[0, 949]], 1000).complete).toBe(false);
    expect(creditOf([[0, 1000]], [[0, 499]], 1000).complete).toBe(false);
  });

  it('of an edition without length is nothing', () => {
    expect(creditOf([[0, 10]], [[0, 10]], 0)).toMatchObject({ coveredMs: 0, complete: false });
  });

  it('travels to a new edition by its map only', () => {
    const map = [
      { fromMs: 60, toMs: 100, newFromMs: 0 },
      { fromMs: 0, toMs: 60, newFromMs: 40 },
    ];
    expect(carryOver([[50, 70]], map)).toEqual([[0, 10], [90, 100]]); // prettier-ignore
    expect(carryOver([[50, 70]], [])).toEqual([]);
  });

  it('is shown rounded down', () => {
    expect(shownRatio(9496, 10_000)).toBe('94.9 %');
    expect(shownRatio(1, 1)).toBe('100.0 %');
  });
});
