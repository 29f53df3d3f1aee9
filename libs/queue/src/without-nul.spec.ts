import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutNul } from './without-nul.js';

describe('a value without NUL', () => {
  it('loses each NUL in texts and names, at any depth', () => {
    expect(withoutNul({ 'a\0': ['\0b', { c: 'd\0\0' }], e: null })).toEqual({ a: ['b', { c: 'd' }], e: null });
  });

  it('is the same when there was none, and never holds one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const clean = withoutNul(value);
        expect(JSON.stringify(clean)).not.toContain('\\u0000');
        if (!JSON.stringify(value).includes('\\u0000')) expect(clean).toEqual(value);
      }),
    );
  });
});
