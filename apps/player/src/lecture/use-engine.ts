import type { PlayGrant } from '#libs/contracts';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { AUTO, type Engine, type EngineEvents, type Quality, type Trouble } from './engine.js';
import { canPlayNatively, openNative } from './native-engine.js';

const TRY_AGAIN_MS = 10_000;
/** So many rights to play in a row that were refused at once are no accident of time. */
const MOST_RENEWALS = 2;

export interface Engaged {
  readonly qualities: readonly Quality[];
  readonly quality: Quality;
  readonly choose: (quality: Quality) => void;
  readonly trouble: Trouble | undefined;
}

async function open(video: HTMLVideoElement, grant: PlayGrant, events: EngineEvents): Promise<Engine | undefined> {
  // Only the lecture page needs it, and it is larger than all the rest.
  const { canPlayHls, openHls } = await import('./hls-engine.js');
  const openOne = canPlayHls() ? openHls : canPlayNatively(video) ? openNative : undefined;
  if (!openOne) {
    events.onTrouble('media');
    return undefined;
  }
  const isAwaited = !video.paused;
  const engine = openOne(video, grant.playlistUrl, grant.resumeMs, events);
  // A source pauses the element: play was pressed while the engine was on its way.
  if (isAwaited) void video.play().catch(() => undefined);
  return engine;
}

/** Asks for a new right to play when one is refused, unless new ones are refused as well. */
class Renewals {
  private count = 0;

  constructor(
    private readonly renewGrant: () => void,
    private readonly onTrouble: (trouble: Trouble | undefined) => void,
  ) {}

  get areUnderWay(): boolean {
    return this.count > 0;
  }

  readonly flow = (): void => {
    this.count = 0;
    this.onTrouble(undefined);
  };

  readonly meet = (trouble: Trouble): void => {
    if (trouble === 'token' && this.count < MOST_RENEWALS) {
      this.count += 1;
      this.renewGrant();
    } else this.onTrouble(trouble);
  };
}

/** Brings the edition of the grant to the video; a renewed grant of the same edition goes on without interruption. */
export function useEngine(
  video: RefObject<HTMLVideoElement | null>,
  grant: PlayGrant,
  renewGrant: () => void,
): Engaged {
  const engine = useRef<Engine>(undefined);
  const latest = useRef(grant);
  const [qualities, setQualities] = useState<readonly Quality[]>([AUTO]);
  const [quality, setQuality] = useState<Quality>(AUTO);
  const [trouble, setTrouble] = useState<Trouble>();
  const [renewals] = useState(() => new Renewals(renewGrant, setTrouble));

  useEffect(() => {
    latest.current = grant;
    engine.current?.renew(grant.playlistUrl);
    if (renewals.areUnderWay) engine.current?.resume();
  }, [grant, renewals]);

  useEffect(() => {
    let isOpen = true;
    const events = { onQualities: setQualities, onFlow: renewals.flow, onTrouble: renewals.meet };
    if (video.current)
      void open(video.current, latest.current, events).then((opened) => {
        if (isOpen) engine.current = opened;
        else opened?.close();
      });
    return () => {
      isOpen = false;
      engine.current?.close();
      engine.current = undefined;
    };
  }, [video, grant.editionId, renewals]);

  useRetries(engine, trouble);

  const choose = (chosen: Quality) => {
    setQuality(chosen);
    engine.current?.choose(chosen);
  };
  return { qualities, quality, choose, trouble };
}

/** While there is no link, tries again now and then, and at once when it comes back. */
function useRetries(engine: RefObject<Engine | undefined>, trouble: Trouble | undefined): void {
  useEffect(() => {
    if (trouble !== 'no-link') return;
    const resume = () => engine.current?.resume();
    const timer = setInterval(resume, TRY_AGAIN_MS);
    window.addEventListener('online', resume);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', resume);
    };
  }, [engine, trouble]);
}
