import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from './canonical.js';

describe('the canonical form', () => {
  it('puts names in order at every depth and writes no spaces', () => {
    expect(canonical({ b: [1, { d: null, c: '讲座"' }], a: true })).toBe('{"a":true,"b":[1,{"c":"讲座\\"","d":null}]}');
  });

  it('takes no fractions', () => expect(() => canonical({ share: 0.5 })).toThrow(RangeError));

  it('says the same of equal values, however their names stood, and can be read back', () => {
    const names = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(names, (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
