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
