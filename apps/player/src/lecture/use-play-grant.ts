import type { PlayGrant } from '#libs/contracts';
import { useCallback, useEffect, useState } from 'react';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { askToPlay } from './ask-to-play.js';

/** A right to play lives 12 h at least; by a clock that nobody can set wrong, half of that is soon enough. */
const RENEW_EVERY_MS = 6 * 3_600_000;
const ASK_AGAIN_MS = 10_000;

export interface Granting {
  readonly grant: PlayGrant | undefined;
  readonly refused: RefusalReason | undefined;
  readonly renew: () => void;
}

/** The right to play a lecture, renewed in time, and asked for again while there is no link; what is kept here needs none. */
export function usePlayGrant(lectureId: string): Granting {
  const services = useServices();
  const viewer = useViewer();
  const [grant, setGrant] = useState<PlayGrant>();
  const [refused, setRefused] = useState<RefusalReason>();
  const [round, setRound] = useState(0);
  const renew = useCallback(() => setRound((count) => count + 1), []);

  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    askToPlay(services, viewer, lectureId)
      .then((granted) => {
        if (!isCurrent) return;
        setGrant(granted);
        setRefused(undefined);
        timer = setTimeout(renew, RENEW_EVERY_MS);
      })
      .catch((error: unknown) => {
        if (!isCurrent) return;
        setRefused(reasonOf(error));
        if (reasonOf(error) === 'no-link') timer = setTimeout(renew, ASK_AGAIN_MS);
      });
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [services, viewer, lectureId, round, renew]);

  useEffect(() => services.kept.hold(lectureId), [services, lectureId]);

  useEffect(() => {
    const askAgain = () => {
      if (refused) renew();
    };
    window.addEventListener('online', askAgain);
    return () => window.removeEventListener('online', askAgain);
  }, [refused, renew]);

  return { grant, refused, renew };
}
