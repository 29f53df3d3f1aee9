import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CLAIM_WINDOW_MS,
  claimableUntilMs,
  overrideKinds,
  presenceGrades,
  review,
  sourceOfPresence,
  standingOverrides,
  type Claim,
  type Override,
  type Presence,
} from './index.js';

const learners = ['li', 'wang', 'zhao', 'chen'];
const learnerId = fc.constantFrom(...learners);
const clockFromMs = fc.nat(1000);
const clockToMs = fc.option(fc.integer({ min: 1001, max: 5000 }), { nil: null });
const where = { learnerId, clockFromMs, clockToMs };
const presences = fc
  .array(fc.record({ ...where, grade: fc.constantFrom(...presenceGrades) }), { maxLength: 6 })
  .map((list) => list.map((presence, seq): Presence => ({ seq, ...presence })));
const numbered = <T extends object>(list: T[], letter: string) =>
  list.map((ruling, index) => ({ ...ruling, id: `${letter}${index}` }));
const overrides = fc
  .array(fc.record({ ...where, kind: fc.constantFrom(...overrideKinds), madeMs: fc.nat(9) }), { maxLength: 8 })
  .map((list): Override[] => numbered(list, 'o'));
const claims = fc
  .array(fc.record({ ...where, confirmedMs: fc.nat(9) }), { maxLength: 8 })
  .map((list): Claim[] => numbered(list, 'c'));
const heads = fc.nat(5);

const hall = (reported: readonly Presence[], headCount: number) =>
  ({ kind: 'hall', learnerId: null, presences: reported, headCount }) as const;
const namedIn = (list: readonly Presence[]) => new Set(list.map((presence) => presence.learnerId));
const of = (id: string, list: readonly Presence[]) => list.filter((presence) => presence.learnerId === id);
const shuffled = <T>(list: readonly T[], seed: number) =>
  [...list].map((item, index) => ({ item, key: (index + 1) * (seed + 7) * 2654435761 % 101 })).sort((a, b) => a.key - b.key).map(({ item }) => item); // prettier-ignore
const set = ({ presences: list, claimants }: { presences: readonly Presence[]; claimants: readonly string[] }) => ({
  presences: list.map((presence) => JSON.stringify(presence)).sort(),
  claimants: [...claimants].sort(),
});

const claimOf = (id: string, learner: string, confirmedMs: number): Claim => {
  return { id, learnerId: learner, confirmedMs, clockFromMs: 0, clockToMs: null };
};
const ruleOf = (kind: Override['kind'], learner: string, madeMs: number): Override => {
  return { id: `${kind}${madeMs}`, learnerId: learner, kind, madeMs, clockFromMs: 0, clockToMs: null };
};

describe('who was in a session, by report and by ruling', () => {
  it('is the same in whatever order everything arrived', () => {
    fc.assert(
      fc.property(presences, heads, overrides, claims, fc.nat(50), (reported, count, ruled, claimed, seed) => {
        const one = review(hall(reported, count), ruled, claimed);
        const other = review(hall(shuffled(reported, seed), count), shuffled(ruled, seed), shuffled(claimed, seed));
        expect(set(other)).toEqual(set(one));
      }),
    );
  });

  it('never counts more claims than heads, nor one learner twice', () => {
    fc.assert(
      fc.property(presences, heads, overrides, claims, (reported, count, ruled, claimed) => {
        const { claimants } = review(hall(reported, count), ruled, claimed);
        expect(claimants.length).toBeLessThanOrEqual(count);
        expect(new Set(claimants).size).toBe(claimants.length);
      }),
    );
  });

  it('has as many people with claims as without: only how sure we are of them changes', () => {
    fc.assert(
      fc.property(presences, heads, overrides, claims, (reported, count, ruled, claimed) => {
        const audience = (list: readonly Claim[]) => {
          const found = review(hall(reported, count), ruled, list);
          return namedIn(found.presences).size + count - found.claimants.length;
        };
        expect(audience(claimed)).toBe(audience([]));
      }),
    );
  });

  it('gives what is claimed grade C, and never changes what was reported of others', () => {
    fc.assert(
      fc.property(presences, heads, claims, (reported, count, claimed) => {
        const found = review(hall(reported, count), [], claimed);
        expect(found.presences.slice(0, reported.length)).toEqual(reported);
        for (const { seq, grade } of found.presences.slice(reported.length)) {
          expect([sourceOfPresence(seq), grade]).toEqual(['claim', 'C']);
        }
      }),
    );
  });

  it('follows the latest override of each learner; a restoration undoes all before it', () => {
    fc.assert(
      fc.property(presences, overrides, learnerId, (reported, ruled, id) => {
        const undone = [...ruled, ruleOf('restore', id, 10)];
        const found = review(hall(reported, 0), undone, []);
        expect(of(id, found.presences)).toEqual(of(id, reported));
        for (const other of learners.filter((learner) => learner !== id)) {
          expect(of(other, found.presences)).toEqual(of(other, review(hall(reported, 0), ruled, []).presences));
        }
        expect(standingOverrides(undone).get(id)?.kind).toBe('restore');
      }),
    );
  });

  it('leaves nothing of an annulled learner; the head that they had claimed is counted again, or goes to the next', () => {
    const session = hall([], 1);
    const both = [claimOf('a', 'li', 1), claimOf('b', 'wang', 2)];
    expect(review(session, [], both).claimants).toEqual(['li']);
    const annulled = review(session, [ruleOf('annul', 'li', 3)], both);
    expect(annulled.claimants).toEqual(['wang']);
    expect(of('li', annulled.presences)).toEqual([]);
    expect(review(session, [ruleOf('annul', 'li', 3)], both.slice(0, 1))).toMatchObject({
      presences: [],
      claimants: [],
    });
  });

  it('takes no head for whom the roll turns out to name', () => {
    const late: Presence = { seq: 0, learnerId: 'li', clockFromMs: 5, clockToMs: null, grade: 'B' };
    expect(review(hall([late], 1), [], [claimOf('a', 'li', 1)])).toMatchObject({ presences: [late], claimants: [] });
  });

  it('of a personal session is its learner, unless it is annulled', () => {
    const session = { kind: 'personal', learnerId: 'li', presences: [], headCount: 3 } as const;
    expect(review(session, [], [claimOf('a', 'wang', 1)])).toMatchObject({ learnerId: 'li', presences: [] });
    expect(review(session, [ruleOf('attest', 'wang', 1)], []).presences).toEqual([]);
    expect(review(session, [ruleOf('annul', 'li', 1)], []).learnerId).toBeNull();
    expect(review(session, [ruleOf('annul', 'li', 1), ruleOf('restore', 'li', 2)], []).learnerId).toBe('li');
  });
});

describe('the window for claims', () => {
  it('runs from the session, or from when it became known', () => {
    expect(claimableUntilMs({ startedMs: 5, firstReceivedMs: 9 })).toBe(9 + CLAIM_WINDOW_MS);
    expect(claimableUntilMs({ startedMs: 9, firstReceivedMs: 5 })).toBe(9 + CLAIM_WINDOW_MS);
  });
});
