import { presenceFaultOf } from '#libs/domain';
import { describe, expect, it } from '@jest/globals';
import { RollCall } from './roll-call.js';

describe('RollCall', () => {
  it('keeps a presence open until the learner goes', () => {
    const roll = new RollCall();
    roll.arrive('ana', 1000);
    expect(roll.take()).toEqual([{ seq: 0, learnerId: 'ana', clockFromMs: 1000, clockToMs: null, grade: 'C' }]);
    roll.leave('ana', 5000.4);
    expect(roll.take()).toEqual([{ seq: 0, learnerId: 'ana', clockFromMs: 1000, clockToMs: 5000, grade: 'C' }]);
    expect(roll.take()).toEqual([]);
  });

  it('counts somebody who comes back as a second presence', () => {
    const roll = new RollCall();
    roll.arrive('ana', 0);
    roll.leave('ana', 1000);
    roll.arrive('ana', 2000);
    expect(roll.take().map(({ seq, clockFromMs }) => [seq, clockFromMs])).toEqual([
      [0, 0],
      [1, 2000],
    ]);
  });

  it('knows somebody better from the moment at which they show their card', () => {
    const roll = new RollCall();
    roll.arrive('ana', 0);
    roll.arrive('ana', 3000, 'B');
    roll.arrive('ana', 4000, 'B');
    expect(roll.take().map(({ clockFromMs, clockToMs, grade }) => [grade, clockFromMs, clockToMs])).toEqual([
      ['C', 0, 3000],
      ['B', 3000, null],
    ]);
  });

  it('lets an answered prompt speak for the time since the check-in, and until one is not answered', () => {
    const roll = new RollCall();
    roll.arrive('ana', 1000, 'B');
    roll.arrive('ana', 5000, 'A');
    roll.arrive('ana', 9000, 'B');
    expect(roll.take()).toEqual([
      { seq: 0, learnerId: 'ana', clockFromMs: 1000, clockToMs: 5000, grade: 'B' },
      { seq: 1, learnerId: 'ana', clockFromMs: 1000, clockToMs: 9000, grade: 'A' },
      { seq: 2, learnerId: 'ana', clockFromMs: 9000, clockToMs: null, grade: 'B' },
    ]);
  });

  it('takes a tick and its correction in the same instant as a presence that is well formed', () => {
    const roll = new RollCall();
    roll.arrive('ana', 700);
    roll.leave('ana', 700);
    expect(roll.take().map(presenceFaultOf)).toEqual([undefined]);
  });

  it('knows who is here now, and who has been here at all', () => {
    const roll = new RollCall();
    roll.arrive('ana', 0);
    roll.arrive('bo', 10);
    roll.leave('ana', 60_000);
    expect(roll.present).toEqual(['bo']);
    expect([...roll.everybody]).toEqual(['ana', 'bo']);
  });

  describe('with check-ins by phone', () => {
    const byPhone = (grade: 'B' | 'C' = 'B') => {
      return { seq: 3000, learnerId: 'ana', clockFromMs: 2000, clockToMs: null, grade };
    };

    it('ends them when their holder leaves, and takes each once', () => {
      const roll = new RollCall();
      expect(roll.adopt(byPhone())).toBe(true);
      expect(roll.adopt(byPhone())).toBe(false);
      roll.arrive('ana', 9000, 'B');
      expect([roll.present, roll.take()]).toEqual([['ana'], []]);
      roll.leave('ana', 12_000);
      expect(roll.take()).toEqual([{ ...byPhone(), clockToMs: 12_000 }]);
      expect([roll.present, roll.adopt(byPhone())]).toEqual([[], false]);
    });

    it('stand beside a card, and above a tick', () => {
      const [carded, ticked] = [new RollCall(), new RollCall()];
      carded.arrive('ana', 1000, 'B');
      ticked.arrive('ana', 1000, 'C');
      expect([carded, ticked].map((roll) => roll.adopt(byPhone()))).toEqual([false, true]);
      for (const roll of [carded, ticked]) roll.leave('ana', 5000);
      const told = (roll: RollCall) => roll.take().map(({ grade, clockToMs }) => [grade, clockToMs]);
      expect(told(carded)).toEqual([
        ['B', 5000],
        ['B', 5000],
      ]);
      expect(told(ticked)).toEqual([
        ['C', 2000],
        ['B', 5000],
      ]);
    });

    it('bring nobody back who has left since', () => {
      const roll = new RollCall();
      roll.arrive('ana', 1000, 'B');
      roll.leave('ana', 4000);
      roll.take();
      expect(roll.adopt(byPhone())).toBe(false);
      expect(roll.take()).toEqual([{ ...byPhone(), clockToMs: 4000 }]);
    });
  });
});
