import type { SpanReport } from '#libs/contracts';
import { useMemo } from 'react';
import { PlaySession, type Audience, type Playing } from '../recording/play-session.js';
import { SessionKeeper } from '../recording/session-keeper.js';
import { useServices } from '../services.js';
import type { Viewer } from '../viewer/viewer.js';

/** A learner's own watching is theirs; on a hall's screen that nobody has signed in on, the site's. Staff is not recorded. */
export function audienceOf({ person, device }: Viewer): Audience | undefined {
  if (person) return person.learnerId === undefined ? undefined : { learnerId: person.learnerId };
  return device && { siteId: device.siteId, deviceId: device.deviceId };
}

export interface Recorded {
  readonly session: PlaySession;
  readonly keeper: SessionKeeper;
}

/** One session for each edition that is opened for an audience, which must stay the same value. */
export function usePlaySession(
  playing: Playing | undefined,
  audience: Audience | undefined,
  onSpans: (spans: readonly SpanReport[]) => void,
): Recorded | undefined {
  const services = useServices();
  const { editionId, durationMs } = playing ?? {};
  return useMemo(() => {
    if (editionId === undefined || durationMs === undefined || !audience) return undefined;
    const session = new PlaySession({ editionId, durationMs }, audience, services.boot);
    return { session, keeper: new SessionKeeper(session, services, onSpans) };
  }, [editionId, durationMs, audience, services, onSpans]);
}
