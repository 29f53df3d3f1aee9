import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantIn, timeOnSheet } from './wall-time';

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

describe('timeOnSheet', () => {
  const on = (time: string, started = '2026-11-20T19:30') => timeOnSheet('Asia/Shanghai', started, time);

  it('takes a time for one of that evening, also a little before it began', () => {
    expect(on('19:42')).toBe('2026-11-20T11:42:00.000Z');
    expect(on('19:20')).toBe('2026-11-20T11:20:00.000Z');
  });

  it('goes on past midnight, and back before it', () => {
    expect(on('00:10', '2026-11-20T23:30')).toBe('2026-11-20T16:10:00.000Z');
    expect(on('23:50', '2026-11-20T00:10')).toBe('2026-11-19T15:50:00.000Z');
  });

  it('is none where nothing is written', () => {
    expect(on('')).toBeUndefined();
    expect(on('19:42', '')).toBeUndefined();
  });

  it('is never further than half a day from the beginning', () => {
    const minutes = fc
      .integer({ min: 0, max: 1439 })
      .map((count) => new Date(count * 60_000).toISOString().slice(11, 16));
    fc.assert(
      fc.property(minutes, minutes, (start, time) => {
        const started = Date.parse(instantIn('Asia/Shanghai', `2026-11-20T${start}`) ?? '');
        const meant = Date.parse(on(time, `2026-11-20T${start}`) ?? '');
        expect(Math.abs(meant - started)).toBeLessThanOrEqual(43_200_000);
        expect(Math.abs(meant - started) % 60_000).toBe(0);
      }),
    );
  });
});
