import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantIn } from './wall-time';

describe('instantIn', () => {
  it('takes a time for that of the site, on both sides of a change of clocks', () => {
    expect(instantIn('Asia/Shanghai', '2026-11-20T19:30')).toBe('2026-11-20T11:30:00.000Z');
    expect(instantIn('Europe/Amsterdam', '2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(instantIn('Europe/Amsterdam', '2026-03-29T03:01')).toBe('2026-03-29T01:01:00.000Z');
    expect(instantIn('Asia/Shanghai', '')).toBeUndefined();
  });

  it('is what the clocks there show', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Kathmandu', 'America/Lima', 'UTC');
    const days = fc.date({ min: new Date('2021-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (timeZone, day) => {
        const local = day.toISOString().slice(0, 16);
        const instant = new Date(instantIn(timeZone, local) ?? '');
        const shown = instant.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        expect(shown.replace(' ', 'T')).toBe(local);
      }),
    );
  });
});
