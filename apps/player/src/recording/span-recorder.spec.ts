import { faultOf, intersect, totalMs, union, type Interval } from '#libs/domain';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SpanRecorder } from './span-recorder.js';

const LENGTH_MS = 600_000;

/** A player as the recorder sees it, and the truth about what it played. */
class Player {
  clockMs = 1000;
  mediaMs = 0;
  rate = 1;
  isPlaying = false;
  readonly recorder = new SpanRecorder(LENGTH_MS);
  readonly played: Interval[] = [];

  play(): void {
    this.isPlaying = true;
    this.recorder.start(this, this.rate);
  }

  pause(): void {
    this.isPlaying = false;
    this.recorder.stop(this);
  }

  /** Time passes without anybody looking. */
  run(clockMs: number, isFlowing = this.isPlaying): void {
    this.clockMs += clockMs;
    const fromMs = this.mediaMs;
    if (isFlowing) this.mediaMs = Math.min(LENGTH_MS, fromMs + clockMs * this.rate);
    this.played.push([fromMs, this.mediaMs]);
  }

  look(): void {
    if (this.isPlaying) this.recorder.advance(this);
  }

  seek(mediaMs: number): void {
    if (this.isPlaying) this.recorder.stop(this);
    this.mediaMs = mediaMs;
    if (this.isPlaying) this.recorder.start(this, this.rate);
  }

  setRate(rate: number): void {
    if (this.isPlaying) this.recorder.stop(this);
    this.rate = rate;
    if (this.isPlaying) this.recorder.start(this, rate);
  }
}

type Step = (player: Player) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((player) => player.play()),
  fc.constant<Step>((player) => player.pause()),
  fc.integer({ min: 1, max: 1000 }).map<Step>((ms) => (player) => {
    player.run(ms);
    player.look();
  }),
  fc.integer({ min: 1, max: 60_000 }).map<Step>((ms) => (player) => player.run(ms, false)),
  fc.nat(LENGTH_MS).map<Step>((ms) => (player) => player.seek(ms)),
  fc.constantFrom(0.5, 0.75, 1, 1.25, 1.5, 2).map<Step>((rate) => (player) => player.setRate(rate)),
  // A jump that no event told of.
  fc.nat(LENGTH_MS).map<Step>((ms) => (player) => {
    player.mediaMs = ms;
  }),
);

describe('SpanRecorder', () => {
  it('records one span for playing without interruption, growing under one seq', () => {
    const player = new Player();
    player.play();
    for (let tick = 0; tick < 40; tick += 1) {
      player.run(250);
      player.look();
    }
    expect(player.recorder.take()).toEqual([
      { seq: 0, fromMs: 0, toMs: 10_000, rate: 1, clockFromMs: 1000, clockToMs: 11_000 },
    ]);
    player.run(250);
    player.pause();
    expect(player.recorder.take()).toEqual([
      { seq: 0, fromMs: 0, toMs: 10_250, rate: 1, clockFromMs: 1000, clockToMs: 11_250 },
    ]);
    expect(player.recorder.take()).toEqual([]);
  });

  it('ends the span where a stall began that no event told of, and claims nothing of the stall', () => {
    const player = new Player();
    player.play();
    player.run(5000);
    player.look();
    player.run(30_000, false);
    player.look();
    player.run(5000);
    player.pause();
    const spans = player.recorder.take();
    expect(spans.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 5000],
      [5000, 10_000],
    ]);
    expect(spans.map(({ clockToMs, clockFromMs }) => clockToMs - clockFromMs)).toEqual([5000, 5000]);
  });

  it('claims nothing past the end of the edition', () => {
    const player = new Player();
    player.seek(LENGTH_MS - 1000);
    player.play();
    player.clockMs += 1040;
    player.mediaMs += 1040;
    player.pause();
    expect(player.recorder.take()).toMatchObject([{ fromMs: LENGTH_MS - 1000, toMs: LENGTH_MS }]);
  });

  it('hands out only spans that are admissible, apart on the clock, and of media that was played', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 60 }), (steps) => {
        const player = new Player();
        const latest = new Map<number, ReturnType<SpanRecorder['take']>[number]>();
        const flush = () => player.recorder.take().forEach((span) => latest.set(span.seq, span));
        for (const [act, isFlushed] of steps) {
          act(player);
          if (isFlushed) flush();
        }
        player.recorder.finish();
        flush();

        const spans = [...latest.values()];
        expect(spans.map((span) => faultOf(span, LENGTH_MS))).toEqual(spans.map(() => undefined));
        const clocks = spans.map(({ clockFromMs, clockToMs }): Interval => [clockFromMs, clockToMs]);
        expect(totalMs(clocks)).toBe(clocks.reduce((sum, [from, to]) => sum + to - from, 0));
        const claimed = union(spans.map(({ fromMs, toMs }): Interval => [fromMs, toMs]));
        const unseen = totalMs(claimed) - totalMs(intersect(claimed, player.played));
        // A jump of less than the tolerance between two looks cannot be told from playing.
        expect(unseen).toBeLessThanOrEqual(spans.length + 50 * steps.length);
      }),
    );
  });

  it('loses no media that was played for a quarter of a second or more and looked at', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 250, max: 1000 }), { minLength: 1, maxLength: 40 }), (ticks) => {
        const player = new Player();
        player.play();
        for (const ms of ticks) {
          player.run(ms);
          player.look();
        }
        player.pause();
        expect(totalMs(player.recorder.take().map(({ fromMs, toMs }): Interval => [fromMs, toMs]))).toBe(
          Math.round(player.mediaMs),
        );
      }),
    );
  });
});
