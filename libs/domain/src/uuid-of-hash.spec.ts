import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uuidOfHash } from './uuid-of-hash.js';

const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

describe('uuidOfHash', () => {
  it('keeps what it can of the hash', () =>
    expect(uuidOfHash('0123456789abcdef0123456789abcdef', 8)).toBe('01234567-89ab-8def-8123-456789abcdef'));

  it('is a UUID of the version that is asked for, whatever the hash', () => {
    fc.assert(
      fc.property(hashes, fc.constantFrom(4, 8), (hex, version) => {
        const id = uuidOfHash(hex, version);
        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-[48][\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
        expect(id[14]).toBe(String(version));
      }),
    );
  });
});
