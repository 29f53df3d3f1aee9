import { describe, expect, it } from '@jest/globals';
import { newPairingCode, plainPairingCode } from './pairing-code.js';

describe('a pairing code', () => {
  it('is eight letters in two groups, none of which is taken for another', () => {
    for (let made = 0; made < 200; made++)
      expect(newPairingCode()).toMatch(/^[ACDEFHJKMNPQRTWXY3479]{4}-[ACDEFHJKMNPQRTWXY3479]{4}$/);
  });

  it('is the same in lower case, with spaces or without its dash', () => {
    const typed = [' kdrt 4wha', 'KDRT4WHA', 'k-d-r-t-4-w-h-a'];
    expect(typed.map(plainPairingCode)).toEqual(typed.map(() => plainPairingCode('KDRT-4WHA')));
  });
});
