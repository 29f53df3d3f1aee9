import type { Attendee } from './roll-draft.js';

/** An answer to a prompt is of one session: in the next one the learner has checked in, no more. */
export const carried = ({ learnerId, grade }: Attendee): Attendee => ({
  learnerId,
  grade: grade === 'A' ? 'B' : grade,
});

/** The operator says that they are still here; nobody has shown it. */
export const vouchedFor = ({ learnerId }: Attendee): Attendee => ({ learnerId, grade: 'C' });
