import { describe, expect, it } from '@jest/globals';
import { type Standing, stepOf } from './check-in.js';

const standing = (some: Partial<Standing> = {}): Standing => {
  return { grade: undefined, isProven: true, isPrompted: false, hasAnswered: false, sinceLastMs: 60_000, ...some };
};

describe('stepOf', () => {
  it('checks in who comes, as sure as they are known, and out who goes', () => {
    expect(stepOf(standing())).toEqual({ reply: 'in', grade: 'B' });
    expect(stepOf(standing({ isProven: false }))).toEqual({ reply: 'inUnproven', grade: 'C' });
    expect(stepOf(standing({ grade: 'B' }))).toEqual({ reply: 'out', grade: null });
    expect(stepOf(standing({ grade: 'C', isProven: false }))).toEqual({ reply: 'out', grade: null });
  });

  it('sends nobody out who scans twice in one movement', () =>
    expect(stepOf(standing({ grade: 'B', sinceLastMs: 900 }))).toEqual({ reply: 'alreadyIn' }));

  it('is surer of whom the operator has ticked once they show their card', () =>
    expect(stepOf(standing({ grade: 'C' }))).toEqual({ reply: 'in', grade: 'B' }));

  it('takes for an answer what comes while it asks, and no second one', () => {
    const prompted = { isPrompted: true, grade: 'B', isProven: false } as const;
    expect(stepOf(standing(prompted))).toEqual({ reply: 'answered', grade: 'A' });
    expect(stepOf(standing({ ...prompted, grade: 'A' }))).toEqual({ reply: 'answered', grade: 'A' });
    expect(stepOf(standing({ ...prompted, grade: 'A', hasAnswered: true }))).toEqual({ reply: 'alreadyAnswered' });
  });

  it('wants more than a number from those who never checked in by themselves', () => {
    const ticked = { isPrompted: true, grade: 'C' } as const;
    expect(stepOf(standing({ ...ticked, isProven: false }))).toEqual({ reply: 'needsCard' });
    expect(stepOf(standing(ticked))).toEqual({ reply: 'answered', grade: 'A' });
  });

  it('lets in who comes while it asks, without calling that an answer', () =>
    expect(stepOf(standing({ isPrompted: true }))).toEqual({ reply: 'in', grade: 'B' }));
});
