import { promptMoments, promptWindowMs } from '#libs/domain';
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Recorded } from '../lecture/use-play-session.js';
import { useServices } from '../services.js';
import type { HallDesk } from './hall-desk.js';

const LOOK_EVERY_MS = 1000;

export interface Prompt {
  readonly endsAtMs: number;
  readonly answered: ReadonlySet<string>;
}

export interface Prompts {
  readonly prompt: Prompt | undefined;
  readonly answer: (learnerId: string) => void;
}

/** Asks at random moments of the playing who is still there. The lecture goes on meanwhile. */
export function usePrompts(recorded: Recorded | undefined, playingMs: number, desk: HallDesk): Prompts {
  const { boot } = useServices();
  const [asked, setAsked] = useState(0);
  const [prompt, setPrompt] = useState<Prompt>();
  const session = recorded?.session;
  const moments = useMemo(() => (session ? promptMoments(session.id, playingMs) : []), [session, playingMs]);

  const look = useEffectEvent(() => {
    const now = boot.clockMs();
    const due = moments[asked];
    if (prompt && now >= prompt.endsAtMs) {
      desk.lapse(prompt.answered);
      setPrompt(undefined);
    } else if (!prompt && due !== undefined && session && session.playedMs >= due) {
      setAsked(asked + 1);
      const { length: people } = desk.current().present;
      if (people > 0) setPrompt({ endsAtMs: now + promptWindowMs(people), answered: new Set() });
    }
  });
  useEffect(() => {
    const timer = setInterval(() => look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  const answer = useCallback(
    (learnerId: string) =>
      setPrompt((before) => before && { ...before, answered: new Set([...before.answered, learnerId]) }),
    [],
  );
  return { prompt, answer };
}
