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
});
