import type { LectureView, PlayGrant } from '#libs/contracts';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { usePlayGrant } from '../lecture/use-play-grant.js';
import { usePlaySession } from '../lecture/use-play-session.js';
import type { Playing } from '../recording/play-session.js';
import { useServices } from '../services.js';
import { newHallKey } from './check-in-code.js';
import { Closing, NOTHING_WRITTEN, type Written } from './closing.js';
import { Done } from './done.js';
import { nextPath } from './follow.js';
import styles from './hall.module.css';
import { minutesPost } from './minutes-post.js';
import { nextIn } from './programme.js';
import type { Attendee, RollDraft } from './roll-draft.js';
import { type Hall, type Phase, Room } from './room.js';
import { useBack } from './use-back.js';
import { useFinish } from './use-finish.js';
import { usePhones } from './use-phones.js';
import { useRoll } from './use-roll.js';
import { useWholeScreen } from './use-whole-screen.js';

const NOBODY: readonly Attendee[] = [];

/** Without a link there is no right to play yet, but the lecture says which edition it is. */
function usePlaying({ editionId, durationMs }: LectureView, grant: PlayGrant | undefined): Playing | undefined {
  const playedId = grant?.editionId ?? editionId;
  const lengthMs = playedId === editionId ? durationMs : grant?.durationMs;
  return useMemo(
    () => (playedId === null || !lengthMs ? undefined : { editionId: playedId, durationMs: lengthMs }),
    [playedId, lengthMs],
  );
}

/** A hall goes on where it was cut off, wherever somebody else's watching may have ended. */
function useGrantFrom(lectureId: string, resumeMs: number) {
  const { grant, renew } = usePlayGrant(lectureId);
  return { grant: useMemo(() => grant && { ...grant, resumeMs }, [grant, resumeMs]), renew };
}

/** What plays for this hall, from where it was cut off, and its session. */
function useHallPlay({ lecture, device, desk }: Hall) {
  const services = useServices();
  const [startMs] = useState(() => desk.current().running?.positionMs ?? 0);
  const { grant, renew } = useGrantFrom(lecture.id, startMs);
  const playing = usePlaying(lecture, grant);
  const recorded = usePlaySession(playing, device, desk.noteSpans);
  useEffect(() => {
    if (!recorded) return;
    const [trace, key] = [recorded.session.trace, newHallKey()];
    desk.open(lecture.title, trace, key);
    void minutesPost(services).then((post) => post.keep({ sessionId: trace.head.id, owner: trace.owner, key }));
  }, [recorded, desk, lecture.title, services]);
  return { grant, renew, recorded, playingMs: (playing?.durationMs ?? 0) - startMs };
}

const everybodyOf = ({ running }: RollDraft): readonly string[] => running?.everybody ?? [];
const isOpen = (phase: Phase): boolean => phase !== 'closing' && phase !== 'done';

/** One screen, many people: plays, and notes who comes and goes. */
export function HallSession(props: Hall) {
  const { hall, device, desk } = props;
  const draft = useSyncExternalStore(desk.subscribe, desk.current);
  const play = useHallPlay(props);
  const { recorded } = play;
  const [, navigate] = useLocation();
  const [phase, setPhase] = useState<Phase>('running');
  const stage = useRef<HTMLDivElement>(null);
  useRoll(recorded, isOpen(phase) ? draft.present : NOBODY, draft.headCount);
  usePhones(recorded, desk, device, isOpen(phase));
  const finish = useFinish(desk, device, recorded);
  useBack(phase !== 'running' && phase !== 'done', () => setPhase('running'));
  useWholeScreen(phase !== 'done', stage);
  const next = nextIn(draft);
  const close = async (written: Written, goesOn: boolean) => {
    await finish(written);
    if (goesOn && next) navigate(nextPath(next.id));
    else setPhase('done');
  };

  if (phase === 'done') return <Done playedMs={recorded?.session.playedMs ?? 0} draft={draft} />;
  return (
    <div ref={stage} className={styles.stage} tabIndex={-1}>
      <Room
        {...props}
        {...play}
        phase={phase}
        stage={stage}
        onPhase={setPhase}
        onNext={() => void close(NOTHING_WRITTEN, true)}
      />
      {phase === 'closing' && (
        <Closing
          roster={hall.roster}
          everybody={everybodyOf(draft)}
          next={next}
          onFinish={close}
          onGoOn={() => setPhase('running')}
        />
      )}
    </div>
  );
}
