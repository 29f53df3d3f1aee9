import type { AudienceView } from '#libs/contracts';

/** Sums over days, as the database gives them. */
export interface AudienceRow {
  readonly sessions: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly minutes_ms: number;
}

/** No group that is told of is smaller. */
const SMALLEST_GROUP = 5;
export const isTooSmall = (count: number): boolean => count > 0 && count < SMALLEST_GROUP;

/** Who was there. Without the right to names, small groups are not told, nor what they could be reckoned from. */
export function audienceOf({ sessions, a, b, c, d, minutes_ms }: AudienceRow, mayName: boolean): AudienceView {
  const audience = a + b + c + d;
  const byGrade = { A: a, B: b, C: c, D: d };
  if (mayName) return { sessions, audience, byGrade, minutesMs: minutes_ms };
  const hidesAll = isTooSmall(audience);
  const hidesGrades = Object.values(byGrade).some(isTooSmall);
  return {
    sessions,
    audience: hidesAll ? null : audience,
    byGrade: hidesGrades ? { A: null, B: null, C: null, D: null } : byGrade,
    minutesMs: hidesAll ? null : minutes_ms,
  };
}
