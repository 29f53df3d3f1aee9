import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partOf } from './conditional.js';

describe('which part of a blob is sent', () => {
  it('is never one that is not there', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.option(fc.nat(2000)), fc.option(fc.nat(2000)), (bytes, from, to) => {
        const part = partOf({ range: `bytes=${from ?? ''}-${to ?? ''}` }, '"e"', bytes);
        if (typeof part === 'string') return;
        expect(part.first).toBeGreaterThanOrEqual(0);
        expect(part.first).toBeLessThanOrEqual(part.last);
        expect(part.last).toBeLessThan(bytes);
      }),
    );
  });

  it('is the whole for anything that is no range of bytes', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^bytes=\s*(\d+-\d*|-\d+)\s*$/i.test(text)),
        (range) => expect(partOf({ range }, '"e"', 100)).toBe('whole'),
      ),
    );
  });

  it('is nothing when the client has it, whatever range it asks for', () => {
    expect(partOf({ ifNoneMatch: 'W/"e"', range: 'bytes=0-1' }, '"e"', 100)).toBe('not-modified');
  });
});
