import { describe, expect, it } from '@jest/globals';
import { remarksOf } from './remarks';

describe('an edition under way', () => {
  const usual = { paused: false, priority: 0, encode: 1, watchable: false };
  const keys = (edition: typeof usual) => remarksOf(edition).map(({ key }) => key);

  it('in its turn, for the first time, needs no remark', () => {
    expect(keys(usual)).toEqual([]);
  });

  it('is remarked upon when it rests, is out of turn, is made again or can be watched by now', () => {
    expect(keys({ ...usual, paused: true, priority: 1 })).toEqual(['house.paused', 'turns.first']);
    expect(keys({ ...usual, priority: -1, encode: 2, watchable: true })).toEqual([
      'turns.later',
      'house.again',
      'house.watchable',
    ]);
  });
});
