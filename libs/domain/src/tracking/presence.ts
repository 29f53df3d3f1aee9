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

/** Numbers that a session has for its presences: a full hall in which everybody comes and goes. */
export const MAX_PRESENCES = 5000;

export function presenceFaultOf({ seq, clockFromMs, clockToMs, grade }: Presence): RefusalCode | undefined {
  const isWellFormed =
    isSeq(seq) &&
    isClock(clockFromMs) &&
    (clockToMs === null || (isClock(clockToMs) && clockToMs > clockFromMs)) &&
    presenceGrades.includes(grade);
  if (!isWellFormed) return 'malformed';
  return seq < MAX_PRESENCES ? undefined : 'session-full';
}
