import { useEffect } from 'react';
import type { Recorded } from '../lecture/use-play-session.js';
import { useServices } from '../services.js';

/** Notes in the session who is here now, as the operator's ticks have it, and how many others. */
export function useRoll(recorded: Recorded | undefined, present: readonly string[], headCount: number): void {
  const { boot } = useServices();
  useEffect(() => {
    if (!recorded) return;
    const { session, keeper } = recorded;
    const now = boot.clockMs();
    for (const learnerId of present) session.roll.arrive(learnerId, now);
    for (const learnerId of session.roll.present) if (!present.includes(learnerId)) session.roll.leave(learnerId, now);
    session.remark({ headCount });
    void keeper.flush();
  }, [recorded, present, headCount, boot]);
}
