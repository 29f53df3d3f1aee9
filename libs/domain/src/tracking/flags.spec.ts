import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  alwaysEveryone,
  impossibleRates,
  LONG_DAY_MS,
  longDay,
  sameAudience,
  sameRoster,
  SILENCE_MS,
  silentDevice,
  type HallAudience,
  type HallRoll,
} from './index.js';

const HOUR = 3_600_000;
const day = '2026-11-27';

describe('a flag', () => {
  it('is raised for a day that is longer than a day of study, with its sessions', () => {
    const of = (playedMs: number) => longDay({ siteId: 's', learnerId: 'li', day, playedMs, sessions: ['b', 'a'] });
    expect(of(LONG_DAY_MS - 1)).toEqual([]);
    expect(of(24 * HOUR)).toMatchObject([
      {
        kind: 'long-day',
        subject: 'li',
        since: day,
        evidence: { numbers: { playedMs: 24 * HOUR }, sessions: ['a', 'b'] },
      },
    ]);
  });

  it('is raised for halls in which nobody is ever missing, and for no others', () => {
    const roll = (present: number): HallRoll => ({ siteId: 's', sessionId: `${present}`, day, roster: 6, present });
    const full = Array.from({ length: 8 }, () => roll(6));
    expect(alwaysEveryone(full)).toMatchObject([
      { kind: 'always-everyone', since: '2026-11-01', evidence: { numbers: { sessions: 8, people: 6 } } },
    ]);
    expect(alwaysEveryone([...full, roll(5)])).toEqual([]);
    expect(alwaysEveryone(full.slice(1))).toEqual([]);
    expect(alwaysEveryone(full.map((one) => ({ ...one, roster: 4 })))).toEqual([]);
  });

  it('is raised at both sites when the same people are in two halls at once, whichever is looked at first', () => {
    const someone = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const audience = (siteId: string) =>
      fc.record({
        siteId: fc.constant(siteId),
        sessionId: fc.constant(`session at ${siteId}`),
        day: fc.constant(day),
        learners: fc.uniqueArray(someone, { minLength: 4 }),
        startMs: fc.nat(HOUR),
        endMs: fc.integer({ min: HOUR, max: 2 * HOUR }),
      });
    fc.assert(
      fc.property(audience('s'), audience('t'), (one: HallAudience, other: HallAudience) => {
        const found = sameAudience(one, other);
        const back = sameAudience(other, one);
        expect(found.map(({ siteId }) => siteId).sort()).toEqual(back.map(({ siteId }) => siteId).sort());
        const isSame = [...one.learners].sort().join() === [...other.learners].sort().join();
        const overlapMs = Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs);
        expect(found).toHaveLength(isSame && one.learners.length >= 5 && overlapMs >= 600_000 ? 2 : 0);
      }),
    );
    const here = { siteId: 's', sessionId: 'x', day, learners: ['a', 'b', 'c', 'd', 'e'], startMs: 0, endMs: HOUR };
    expect(sameAudience(here, { ...here, sessionId: 'y' })).toEqual([]);
    expect(sameAudience(here, { ...here, siteId: 't' })).toMatchObject([
      { siteId: 's', evidence: { numbers: { people: 5, overlapMs: HOUR }, otherSiteId: 't' } },
      { siteId: 't', evidence: { otherSiteId: 's' } },
    ]);
  });

  it('is raised for two rosters of the same five or more', () => {
    expect(sameRoster('s', 't', 4, day)).toEqual([]);
    expect(sameRoster('s', 't', 5, day)).toMatchObject([{ subject: 's t', evidence: { otherSiteId: 't' } }]);
  });

  it('is raised when every fourth report tells more than time allows', () => {
    const reports = { siteId: 's', learnerId: null, deviceId: 'd', day, spans: 80, fasterThanClock: 15, clockOverlap: 5, sessions: ['a'] }; // prettier-ignore
    expect(impossibleRates(reports)).toMatchObject([{ subject: 'd', evidence: { numbers: { fasterThanClock: 15 } } }]);
    expect(impossibleRates({ ...reports, spans: 81 })).toEqual([]);
    expect(impossibleRates({ ...reports, clockOverlap: 4 })).toEqual([]);
    expect(impossibleRates({ ...reports, deviceId: null })).toEqual([]);
  });

  it('is raised for a device that has stopped to report, once for each silence', () => {
    const enrolledMs = Date.UTC(2026, 0, 1);
    const of = (reportedMs: number | null, nowMs: number) =>
      silentDevice({ siteId: 's', deviceId: 'd', enrolledMs, reportedMs }, nowMs);
    const last = Date.UTC(2026, 5, 1);
    expect(of(last, last + SILENCE_MS - 1)).toEqual([]);
    expect(of(last, last + SILENCE_MS)).toMatchObject([
      { since: '2026-06-01', evidence: { numbers: { everReported: 1 } } },
    ]);
    expect(of(last, last + 2 * SILENCE_MS)[0]?.since).toBe('2026-06-01');
    expect(of(null, enrolledMs + SILENCE_MS)).toMatchObject([
      { since: '2026-01-01', evidence: { numbers: { everReported: 0 } } },
    ]);
  });
});
