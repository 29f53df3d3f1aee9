import { useEffect } from 'react';
import type { Recorded } from '../lecture/use-play-session.js';
import { useServices } from '../services.js';
import type { Attendee } from './roll-draft.js';

/** Notes in the session who is here now, how that is known, and how many others there are. */
export function useRoll(recorded: Recorded | undefined, present: readonly Attendee[], headCount: number): void {
  const { boot } = useServices();
  useEffect(() => {
    if (!recorded) return;
    const { session, keeper } = recorded;
    const now = boot.clockMs();
    const here = new Set(present.map(({ learnerId }) => learnerId));
    for (const { learnerId, grade } of present) session.roll.arrive(learnerId, now, grade);
    for (const learnerId of session.roll.present) if (!here.has(learnerId)) session.roll.leave(learnerId, now);
    session.remark({ headCount });
    void keeper.flush();
  }, [recorded, present, headCount, boot]);
}
