import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkAllowance, monthOf, type LinkRules } from './index.js';

const at = (iso: string) => Date.parse(iso);
const rules = (some: Partial<LinkRules>): LinkRules => ({ hours: null, mbPerMonth: null, timeZone: 'UTC', ...some });

describe('what a link allows', () => {
  it('is everything when nothing is limited', () => {
    expect(linkAllowance(rules({}), 5e9, at('2026-11-28T12:00Z'))).toEqual({
      mayFetch: true,
      bytesLeft: Infinity,
      untilMs: Infinity,
    });
  });

  it('begins and ends with its hours, by the clocks of the site', () => {
    const own = rules({ hours: '01:00-06:00', timeZone: 'Asia/Shanghai' });
    expect(linkAllowance(own, 0, at('2026-11-28T12:00:30Z'))).toEqual({
      mayFetch: false,
      because: 'hours',
      nextMs: at('2026-11-28T17:00Z'),
    });
    expect(linkAllowance(own, 0, at('2026-11-28T17:00Z'))).toMatchObject({
      mayFetch: true,
      untilMs: at('2026-11-28T22:00Z'),
    });
    expect(linkAllowance(own, 0, at('2026-11-28T22:00Z'))).toMatchObject({ mayFetch: false });
  });

  it('goes on over midnight', () => {
    const own = rules({ hours: '22:30-05:00' });
    expect(linkAllowance(own, 0, at('2026-11-28T23:59:59Z'))).toMatchObject({
      mayFetch: true,
      untilMs: at('2026-11-29T05:00Z'),
    });
    expect(linkAllowance(own, 0, at('2026-11-28T22:29:59Z'))).toMatchObject({ nextMs: at('2026-11-28T22:30Z') });
  });

  it('takes in the hour that the clocks repeat, and opens at the first minute after the one that they leave out', () => {
    const own = rules({ hours: '02:00-03:00', timeZone: 'Europe/Berlin' });
    // On 25 October 2026 two o'clock comes twice: 00:00Z and 01:00Z.
    expect(linkAllowance(own, 0, at('2026-10-25T00:30Z'))).toMatchObject({ untilMs: at('2026-10-25T02:00Z') });
    // On 29 March 2026 there is no hour from two to three.
    expect(linkAllowance(own, 0, at('2026-03-29T00:30Z'))).toMatchObject({ nextMs: at('2026-03-30T00:00Z') });
    const later = rules({ hours: '02:30-04:00', timeZone: 'Europe/Berlin' });
    expect(linkAllowance(later, 0, at('2026-03-29T00:30Z'))).toMatchObject({ nextMs: at('2026-03-29T01:00Z') });
  });

  it('ends when the month’s megabytes are used, and begins anew with the month of the site', () => {
    const own = rules({ mbPerMonth: 2, timeZone: 'Asia/Shanghai' });
    expect(linkAllowance(own, 500_000, at('2026-11-28T12:00Z'))).toMatchObject({
      bytesLeft: 1_500_000,
      untilMs: at('2026-11-30T16:00Z'),
    });
    expect(linkAllowance(own, 2_000_000, at('2026-11-28T12:00Z'))).toEqual({
      mayFetch: false,
      because: 'month',
      nextMs: at('2026-11-30T16:00Z'),
    });
    const nights = { ...own, hours: '02:00-05:00' };
    expect(linkAllowance(nights, 2_000_000, at('2026-11-28T12:00Z'))).toMatchObject({
      nextMs: at('2026-11-30T18:00Z'),
    });
    expect(monthOf(at('2026-11-30T16:00Z'), 'Asia/Shanghai')).toBe('2026-12');
  });

  const two = (count: number) => String(count).padStart(2, '0');
  const clock = fc.nat(1439).map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);
  const anyRules = fc.record({
    hours: fc.option(fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`)),
    mbPerMonth: fc.option(fc.integer({ min: 1, max: 5 })),
    timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
  });
  const moment = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-12-31T00:00Z') });

  it('holds until it says, and opens when it says, not a minute sooner', () => {
    fc.assert(
      fc.property(
        anyRules,
        moment,
        fc.nat(6_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (own, now, used, share) => {
          const told = linkAllowance(own, used, now);
          const changeMs = told.mayFetch ? told.untilMs : told.nextMs;
          expect(changeMs).toBeGreaterThan(now);
          if (!Number.isFinite(changeMs)) return;
          const between = now + Math.floor((changeMs - 1 - now) * share);
          const usedThen = monthOf(between, own.timeZone) === monthOf(now, own.timeZone) ? used : 0;
          expect(linkAllowance(own, usedThen, between).mayFetch).toBe(told.mayFetch);
          if (!told.mayFetch) expect(linkAllowance(own, 0, changeMs).mayFetch).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
