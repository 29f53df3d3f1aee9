import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moved } from './order.js';

describe('moving a lecture', () => {
  it('puts it where it is wanted, and last when that is past the end', () => {
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a']);
  });

  it('loses none and keeps the order of the others', () => {
    const lists = fc.uniqueArray(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(20), (ids, pick, place) => {
        const id = ids[pick % ids.length] ?? '';
        const others = ids.filter((other) => other !== id);
        const result = moved(ids, id, place);
        expect(result.filter((other) => other !== id)).toEqual(others);
        expect(result.indexOf(id)).toBe(Math.min(place, others.length));
      }),
    );
  });
});
