import { describe, expect, it } from '@jest/globals';
import { inTiers, nameOf } from './categories';

const category = (id: string, parentId: string | null) => ({ id, parentId, nameEn: `en ${id}`, nameZh: `中 ${id}` });

describe('categories', () => {
  it('stand under their first tier, in the order given', () => {
    const all = [
      category('b1', 'b'),
      category('a', null),
      category('a1', 'a'),
      category('b', null),
      category('a2', 'a'),
    ];
    expect(inTiers(all).map(({ category: { id }, tier }) => `${tier} ${id}`)).toEqual([
      '1 a',
      '2 a1',
      '2 a2',
      '1 b',
      '2 b1',
    ]);
  });

  it('are named in the language of the reader', () => {
    expect(nameOf(category('a', null), 'zh-CN')).toBe('中 a');
    expect(nameOf(category('a', null), 'en')).toBe('en a');
  });
});
