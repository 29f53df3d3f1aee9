import type { PresenceGrade } from '#libs/domain';

/** What a hall says to somebody who has checked in or out, answered, or was not understood. */
export type Reply =
  | 'in'
  | 'inUnproven'
  | 'out'
  | 'alreadyIn'
  | 'answered'
  | 'alreadyAnswered'
  | 'needsCard'
  | 'unknown'
  | 'wrongPin'
  | 'waitPin';

/** A card that is scanned twice in one movement must not send its holder out again. */
const SECOND_SCAN_MS = 10_000;

export interface Standing {
  /** Of those who are here. */
  readonly grade: PresenceGrade | undefined;
  /** Known for sure: by card, or by a PIN that the house has found right. */
  readonly isProven: boolean;
  readonly isPrompted: boolean;
  readonly hasAnswered: boolean;
  readonly sinceLastMs: number;
}

export interface Step {
  readonly reply: Reply;
  /** The grade from now on; null: the learner goes. Undefined: nothing changes. */
  readonly grade?: PresenceGrade | null;
}

/** What it means that somebody shows their card or names themselves: an answer, a check-in, or a check-out. */
export function stepOf(standing: Standing): Step {
  const { grade, isProven } = standing;
  if (grade === undefined) return isProven ? { reply: 'in', grade: 'B' } : { reply: 'inUnproven', grade: 'C' };
  if (standing.isPrompted) return answerOf(grade, standing);
  // Whom the operator has ticked, a card makes surer of; it does not send them away.
  if (grade === 'C' && isProven) return { reply: 'in', grade: 'B' };
  return standing.sinceLastMs < SECOND_SCAN_MS ? { reply: 'alreadyIn' } : { reply: 'out', grade: null };
}

/** A number alone answers for somebody who has checked in by themselves; who was only ticked must show more. */
function answerOf(grade: PresenceGrade, { isProven, hasAnswered }: Standing): Step {
  if (hasAnswered) return { reply: 'alreadyAnswered' };
  return grade === 'C' && !isProven ? { reply: 'needsCard' } : { reply: 'answered', grade: 'A' };
}
