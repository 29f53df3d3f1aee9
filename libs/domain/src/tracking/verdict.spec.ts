import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { completionRule, creditOf, verdictOf, type RuleInForce, type SessionShare } from './index.js';

const LENGTH_MS = 1000;
const CHANGE_MS = 500;
const present: readonly RuleInForce[] = [completionRule];
const stricter: readonly RuleInForce[] = [
  { ...completionRule, untilMs: CHANGE_MS },
  { version: 2, thresholdPermille: 1000, paceFactor: 1 },
];

const interval = fc
  .tuple(fc.nat(1000), fc.nat(600))
  .map(([from, length]): readonly [number, number] => [from, from + length]);
const share = fc.record({
  startedMs: fc.nat(1000),
  sessionId: fc.uuid(),
  watched: fc.array(interval, { maxLength: 3 }),
  played: fc.array(interval, { maxLength: 3 }),
});
const shares = fc.uniqueArray(share, { maxLength: 6, selector: ({ sessionId }) => sessionId });

const whole = (startedMs: number, to = LENGTH_MS): SessionShare => ({
  startedMs,
  sessionId: String(startedMs),
  watched: [[0, to]],
  played: [[startedMs, startedMs + to]],
});

describe('a verdict', () => {
  it('of the present rule is that of the credit', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const all = { watched: given.flatMap((one) => one.watched), played: given.flatMap((one) => one.played) };
        expect(verdictOf(given, LENGTH_MS, present).complete).toBe(
          creditOf(all.watched, all.played, LENGTH_MS).complete,
        );
      }),
    );
  });

  it('does not depend on the order in which sessions arrive', () => {
    fc.assert(
      fc.property(shares, (given) =>
        expect(verdictOf(given.toReversed(), LENGTH_MS, stricter)).toEqual(verdictOf(given, LENGTH_MS, stricter)),
      ),
    );
  });

  it('that was given before the rule changed, stays as it was', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const then = given.filter(({ startedMs }) => startedMs < CHANGE_MS);
        const before = verdictOf(then, LENGTH_MS, present);
        fc.pre(before.complete);
        expect(verdictOf(given, LENGTH_MS, stricter)).toEqual(before);
      }),
    );
  });

  it('is reached with a session without which the earlier ones do not suffice', () => {
    fc.assert(
      fc.property(shares, (given) => {
        const { complete, reachedBy } = verdictOf(given, LENGTH_MS, present);
        expect(reachedBy !== null).toBe(complete);
        if (reachedBy) {
          const earlier = given.filter((one) => one.startedMs < reachedBy.startedMs);
          expect(verdictOf(earlier, LENGTH_MS, present).complete).toBe(false);
        }
      }),
    );
  });

  it('is given by the rule of the day: 96 % is enough before the change, and not after it', () => {
    expect(verdictOf([whole(0, 960)], LENGTH_MS, stricter)).toMatchObject({ complete: true, ruleVersion: 1 });
    expect(verdictOf([whole(600, 960)], LENGTH_MS, stricter)).toMatchObject({ complete: false, ruleVersion: 2 });
    expect(verdictOf([whole(600)], LENGTH_MS, stricter)).toMatchObject({ complete: true, ruleVersion: 2 });
  });

  it('names the session with which it was reached', () => {
    const [first, second, third] = [whole(0, 500), whole(100), whole(200)];
    expect(verdictOf([third, first, second], LENGTH_MS).reachedBy).toBe(second);
  });
});
