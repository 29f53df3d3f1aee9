import type { EnrolledDevice, HallCheckIns } from '#libs/contracts';
import { useEffect, useEffectEvent } from 'react';
import type { Recorded } from '../lecture/use-play-session.js';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useServices } from '../services.js';
import { deviceAuthorization } from '../viewer/viewer.js';
import type { HallDesk } from './hall-desk.js';
import { minutesPost } from './minutes-post.js';

/** People come at the beginning. Later nobody waits for it: whoever has checked in by phone reads so on the phone. */
const FIRST_ASK_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;
const LENGTHENING = 1.5;

/** Learns from the house who has checked in by phone, as far as there is a link, and puts them on the roll. */
export function usePhones(recorded: Recorded | undefined, desk: HallDesk, device: EnrolledDevice, isOpen: boolean) {
  const services = useServices();
  const ask = useEffectEvent(async () => {
    if (!recorded || !navigator.onLine) return;
    const { session } = recorded;
    try {
      // The house lets nobody in before it knows the session and its key.
      await (await minutesPost(services)).sendAll();
      const path = `/hall-sessions/${session.id}/claims`;
      const { items } = await request<HallCheckIns>(path, { authorization: deviceAuthorization(device) });
      for (const { learnerId, grade, clockFromMs, seq } of items)
        if (session.roll.adopt({ seq, learnerId, clockFromMs, clockToMs: null, grade }))
          desk.arrive(learnerId, grade, clockFromMs);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  });
  useEffect(() => {
    if (!recorded || !isOpen) return;
    void recorded.keeper.send();
    let timer: ReturnType<typeof setTimeout>;
    const askAfter = (pauseMs: number) => {
      timer = setTimeout(() => {
        void ask();
        askAfter(Math.min(LONGEST_PAUSE_MS, pauseMs * LENGTHENING));
      }, pauseMs);
    };
    askAfter(FIRST_ASK_MS);
    return () => clearTimeout(timer);
  }, [recorded, isOpen]);
}
