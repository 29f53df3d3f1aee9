import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GRAMMAR, noon, piece, result, say, segmentsIn } from '../../../../test/support/statements.js';
import { totalMs, union, type Interval } from '../tracking/intervals.js';
import { piecesOf, type Piece } from './pieces.js';
import { NEW_REGISTRATION } from './registration.js';

/** A player that plays, and the set of milliseconds that it has shown. */
class Player {
  readonly sessions: Piece[][] = [[]];
  private readonly shownAt = new Uint8Array(600_000);
  atMs = 0;
  wallMs = noon;
  rate = 1;

  play(forMs: number): void {
    const [from, wallFromMs] = [this.atMs, this.wallMs];
    const to = Math.min(600_000, from + Math.floor(forMs * this.rate));
    if (to <= from) return;
    this.shownAt.fill(1, from, to);
    this.atMs = to;
    this.wallMs += Math.ceil((to - from) / this.rate);
    this.sessions.at(-1)?.push({ fromMs: from, toMs: to, rate: this.rate, wallFromMs, wallToMs: this.wallMs });
  }

  get shownMs(): number {
    return this.shownAt.reduce((sum, one) => sum + one, 0);
  }

  close(): void {
    this.sessions.push([]);
    this.atMs = 0;
    this.rate = 1;
  }
}

describe('VID-05: any sequence of play, pause, seek, speed and close', () => {
  const act = fc.oneof(
    fc.tuple(fc.constant('play' as const), fc.integer({ min: 250, max: 90_000 })),
    fc.tuple(fc.constant('pause' as const), fc.integer({ min: 1, max: 60_000 })),
    fc.tuple(fc.constant('seek' as const), fc.integer({ min: 0, max: 599_000 })),
    fc.tuple(fc.constant('speed' as const), fc.constantFrom(0.5, 1, 1.25, 1.5, 2, 4)),
    fc.tuple(fc.constant('close' as const), fc.constant(0)),
  );

  const steps = {
    play: (player: Player, forMs: number) => player.play(forMs),
    pause: (player: Player, forMs: number) => void (player.wallMs += forMs),
    seek: (player: Player, toMs: number) => void (player.atMs = toMs),
    speed: (player: Player, rate: number) => void (player.rate = rate),
    close: (player: Player) => player.close(),
  };

  it('tells the segments of the model, in the grammar, with the numbers of its statements, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const player = new Player();
        for (const [name, value] of acts) steps[name](player, value);
        const { sessions, shownMs } = player;
        let registration = NEW_REGISTRATION;
        let progress = 0;
        const numbers = new Set<number>();
        for (const pieces of sessions) {
          const told = say(pieces, registration);
          registration = told.registration;
          for (const statement of told.statements) {
            for (const name of ['time', 'timeFrom', 'timeTo'] as const) {
              numbers.add(Math.round(Number(result(statement, name) ?? 0) * 1000));
            }
            if (result(statement, 'playedSegments') === undefined) continue;
            expect(GRAMMAR.test(String(result(statement, 'playedSegments')))).toBe(true);
            expect(
              segmentsIn(statement)
                .flat()
                .every((number) => numbers.has(number)),
            ).toBe(true);
            expect(Number(result(statement, 'progress'))).toBeGreaterThanOrEqual(progress);
            progress = Number(result(statement, 'progress'));
          }
        }
        expect(totalMs(registration.segments)).toBe(shownMs);
        expect(progress).toBe(Math.floor(shownMs / 600) / 1000);
        expect(totalMs(registration.spent)).toBeGreaterThanOrEqual(shownMs / 4);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is still to be told', () => {
  const span = (seq: number, fromMs: number, toMs: number, clockFromMs: number, rate = 1) => {
    return { seq, fromMs, toMs, rate, clockFromMs, clockToMs: clockFromMs + (toMs - fromMs) / rate };
  };
  const of = (spans: ReturnType<typeof span>[], played: Interval[], told: Interval[] = []) =>
    piecesOf({ spans, played, told, wallZeroMs: noon, lengthMs: 600_000 });

  it('is only what played while the learner was there, and has not been told', () => {
    const spans = [span(0, 0, 60_000, 1_000), span(1, 60_000, 90_000, 61_000)];
    expect(of(spans, [[1_000, 91_000]])).toEqual([piece(0, 90_000, 1_000)]);
    expect(of(spans, [[31_000, 91_000]], [[0, 71_000]])).toEqual([piece(70_000, 90_000, 71_000)]);
    expect(of(spans, [[1_000, 91_000]], [[1_000, 91_000]])).toEqual([]);
  });

  it('never goes back in time, though spans may overlap a little, nor past the end', () => {
    const pieces = of([span(0, 0, 10_000, 0), span(1, 595_000, 600_400, 9_960)], [[0, 15_360]]);
    expect(pieces.map(({ wallFromMs, toMs }) => [wallFromMs - noon, toMs])).toEqual([
      [0, 10_000],
      [10_000, 600_000],
    ]);
  });

  it('told in any parts is told whole and once', () => {
    const interval = fc.tuple(fc.nat(90_000), fc.nat(30_000)).map(([from, length]): Interval => [from, from + length]);
    fc.assert(
      fc.property(fc.array(interval), (cuts) => {
        const spans = [span(0, 0, 60_000, 0), span(1, 80_000, 120_000, 70_000, 2)];
        const all: Interval[] = [
          [0, 60_000],
          [70_000, 90_000],
        ];
        let told: Interval[] = [];
        const seen: Interval[] = [];
        for (const cut of [...cuts, [0, 200_000] as const]) {
          const now = all.flatMap(([from, to]): Interval[] => [[Math.max(from, cut[0]), Math.min(to, cut[1])]]);
          seen.push(...of(spans, union(now), told).map(({ wallFromMs, wallToMs }): Interval => [wallFromMs, wallToMs]));
          told = union([...told, ...now]);
        }
        expect(totalMs(seen)).toBe(80_000);
        expect(seen.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(80_000);
      }),
    );
  });
});
