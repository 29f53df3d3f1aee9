import { describe, expect, it } from '@jest/globals';
import { LookUps } from './look-ups.js';

const doubled = (keys: readonly string[]) => Promise.resolve(new Map(keys.map((key) => [key, key + key])));

describe('look-ups', () => {
  it('that wait for one under way are made together', async () => {
    const asked: string[][] = [];
    const lookUps = new LookUps((keys) => {
      asked.push([...keys]);
      return doubled(keys);
    });
    const first = lookUps.find('a');
    await Promise.resolve();
    const others = [lookUps.find('b'), lookUps.find('c'), lookUps.find('b')];
    expect(await Promise.all([first, ...others])).toEqual(['aa', 'bb', 'cc', 'bb']);
    expect(asked).toEqual([['a'], ['b', 'c']]);
  });

  it('that fail do not stand in the way of the next', async () => {
    let isBroken = true;
    const lookUps = new LookUps((keys) => (isBroken ? Promise.reject(new Error('down')) : doubled(keys)));
    await expect(lookUps.find('a')).rejects.toThrow('down');
    isBroken = false;
    expect(await lookUps.find('a')).toBe('aa');
  });
});
