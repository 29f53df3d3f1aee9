import { describe, expect, it } from '@jest/globals';
import { type IngestLimits, standardIngestLimits } from '#libs/config';
import fc from 'fast-check';
import { ComeBackLater } from '../http/problem.js';
import { Buckets } from './buckets.js';
import { Intake } from './intake.js';

const limits: IngestLimits = {
  room: { batches: 10, bytes: 1_000_000 },
  sender: { burst: 40_000, perSecond: 10_000 },
  owner: { burst: 60_000, perSecond: 20_000 },
};
const load = (sender: string, more: object = {}) => ({ sender, batches: 1, bytes: 10_000, ...more });

function refusalOf(act: () => unknown): ComeBackLater | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof ComeBackLater) return error;
    throw error;
  }
}

describe('the share of a sender', () => {
  it('never lets more through than burst and pace allow, and always lets in whoever waited as told', () => {
    const steps = fc.array(fc.record({ pauseMs: fc.nat(5000), cost: fc.integer({ min: 1, max: 3000 }) }));
    /** Counted in fractions, 2e-15 s were still missing here after the wait. */
    const nearMiss = [
      { pauseMs: 0, cost: 1744 },
      { pauseMs: 4092, cost: 2708 },
      { pauseMs: 319, cost: 2014 },
    ];
    fc.assert(
      fc.property(steps, (walk) => {
        const buckets = new Buckets({ burst: 5000, perSecond: 100 });
        let [nowMs, taken] = [0, 0];
        for (const { pauseMs, cost } of walk) {
          nowMs += pauseMs;
          nowMs += Math.ceil(buckets.waitS('a', cost, nowMs) * 1000);
          expect(buckets.waitS('a', cost, nowMs)).toBe(0);
          buckets.take('a', cost, nowMs);
          taken += cost;
          expect(taken).toBeLessThanOrEqual(5000 + nowMs / 10);
        }
      }),
      { examples: [[nearMiss]] },
    );
  });

  it('is told when there is room again, and does not touch that of others', () => {
    const intake = new Intake(limits);
    for (let turn = 0; turn < 4; turn += 1) intake.enter(load('a'), 0, 0)();
    expect(refusalOf(() => intake.enter(load('a'), 0, 0))).toMatchObject({ code: 'too-fast', retryAfterS: 1 });
    expect(refusalOf(() => intake.enter(load('a'), 0, 1))).toMatchObject({ retryAfterS: 2 });
    expect(refusalOf(() => intake.enter(load('b'), 0, 0))).toBeUndefined();
    expect(refusalOf(() => intake.enter(load('a'), 1000, 0))).toBeUndefined();
  });

  it('is part of that of its site', () => {
    const intake = new Intake(limits);
    for (const sender of ['a', 'b', 'c']) intake.belongs(sender, 'site:1');
    intake.belongs('d', 'site:2');
    for (const sender of ['a', 'a', 'b', 'b', 'c', 'c']) intake.enter(load(sender), 0, 0)();
    expect(refusalOf(() => intake.enter(load('c'), 0, 0))?.code).toBe('too-fast');
    expect(refusalOf(() => intake.enter(load('d'), 0, 0))).toBeUndefined();
  });

  it('forgets the senders unused for longest, so that made-up credentials fill no memory', () => {
    const buckets = new Buckets({ burst: 10, perSecond: 1 }, 2);
    for (const key of ['a', 'b', 'c']) buckets.take(key, 10, 0);
    expect(['a', 'b', 'c'].map((key) => buckets.waitS(key, 10, 0))).toEqual([0, 10, 10]);
  });

  it('lets a device with the backlog of a week in within minutes', () => {
    const intake = new Intake(standardIngestLimits);
    let nowMs = 0;
    // 56 hours of playing, a grown span of 200 bytes every ten seconds, 500 a batch.
    for (let batch = 0; batch < (56 * 360) / 500; batch += 1) {
      const send = () => intake.enter(load('a', { bytes: 100_000 }), nowMs, 1)();
      for (let refusal = refusalOf(send); refusal; refusal = refusalOf(send)) nowMs += refusal.retryAfterS * 1000;
    }
    expect(nowMs).toBeLessThan(5 * 60_000);
  });
});

describe('the room of a process', () => {
  it('is bounded, and who finds it full is told a time that is spread', () => {
    const intake = new Intake(limits);
    const leave = Array.from({ length: 10 }, (_, sender) => intake.enter(load(`${sender}`), 0, 0));
    const refusals = [0, 0.5, 1].map((chance) => refusalOf(() => intake.enter(load('z'), 0, chance)));
    expect(refusals.map((refusal) => refusal?.code)).toEqual(['too-busy', 'too-busy', 'too-busy']);
    const waits = refusals.map((refusal) => refusal?.retryAfterS ?? 0);
    expect(new Set(waits).size).toBe(3);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5);
    leave[0]?.();
    expect(refusalOf(() => intake.enter(load('z'), 0, 0))).toBeUndefined();
  });

  it('is bounded in bytes as well, but an empty process takes what one request may hold', () => {
    const intake = new Intake(limits);
    intake.enter(load('a', { bytes: 2_000_000 }), 0, 0);
    expect(refusalOf(() => intake.enter(load('b'), 0, 0))?.code).toBe('too-busy');
  });

  it('spreads those who were refused over the longer, the more they are', () => {
    const intake = new Intake(limits);
    for (let sender = 0; sender < 10; sender += 1) intake.enter(load(`${sender}`), 0, 0);
    const waits = Array.from({ length: 2000 }, () => refusalOf(() => intake.enter(load('z'), 1000, 1))?.retryAfterS);
    expect(waits.at(-1)).toBeGreaterThan(10 * (waits[0] ?? Infinity));
  });
});
