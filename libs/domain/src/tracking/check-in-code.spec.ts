import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CODE_STEP_MS, codeStepAt, gradeOfScan } from './check-in-code.js';

const MINUTE_MS = 60_000;
const scan = (more: object = {}) => ({ shownFromMs: 0, isDated: true, scannedMs: 5000, receivedMs: 6000, ...more });

describe('gradeOfScan', () => {
  it('is sure of what the house hears while the code stands there', () => {
    expect(gradeOfScan(scan())).toBe('B');
    expect(gradeOfScan(scan({ receivedMs: CODE_STEP_MS + MINUTE_MS - 1 }))).toBe('B');
  });

  it('takes the word of a phone without a link, and of one in a hall whose time is not known, for no more than that', () => {
    expect(gradeOfScan(scan({ receivedMs: 3 * 86_400_000 }))).toBe('C');
    expect(gradeOfScan(scan({ isDated: false, receivedMs: 9e9 }))).toBe('C');
  });

  it('lets no photo count that is sent on, whenever it comes', () => {
    const late = fc.integer({ min: CODE_STEP_MS + MINUTE_MS, max: 1e12 });
    fc.assert(
      fc.property(late, fc.nat(1e6), (scannedMs, lagMs) => {
        expect(gradeOfScan(scan({ scannedMs, receivedMs: scannedMs + lagMs }))).toBeUndefined();
      }),
    );
    expect(gradeOfScan(scan({ shownFromMs: 10 * MINUTE_MS }))).toBeUndefined();
  });
});

describe('codeStepAt', () => {
  it('changes twice a minute', () => expect([0, 29_999, 30_000, 61_000].map(codeStepAt)).toEqual([0, 0, 1, 2]));
});
