import { isClock, isSeq, type RefusalCode } from './span.js';

/** How sure we are that somebody was there: A answered a prompt, B signed or checked in, C roll-call. D is a head count, never a person. */
export const presenceGrades = ['A', 'B', 'C'] as const;
export type PresenceGrade = (typeof presenceGrades)[number];

/** A learner in a hall, on the session's clock; `clockToMs` null: still there when this was written. */
export interface Presence {
  readonly seq: number;
  readonly learnerId: string;
  readonly clockFromMs: number;
  readonly clockToMs: number | null;
  readonly grade: PresenceGrade;
}

export function presenceFaultOf({ seq, clockFromMs, clockToMs, grade }: Presence): RefusalCode | undefined {
  const isWellFormed =
    isSeq(seq) &&
    isClock(clockFromMs) &&
    (clockToMs === null || (isClock(clockToMs) && clockToMs > clockFromMs)) &&
    presenceGrades.includes(grade);
  return isWellFormed ? undefined : 'malformed';
}
