import type { EnrolledDevice, HallView, LectureView, PlayGrant } from '#libs/contracts';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../layout/notice.js';
import { LecturePlayer } from '../lecture/lecture-player.js';
import { usePlayGrant } from '../lecture/use-play-grant.js';
import { usePlaySession, type Recorded } from '../lecture/use-play-session.js';
import type { Playing } from '../recording/play-session.js';
import { useServices } from '../services.js';
import { newHallKey } from './check-in-code.js';
import { Closing } from './closing.js';
import { Done } from './done.js';
import styles from './hall.module.css';
import type { HallDesk } from './hall-desk.js';
import { minutesPost } from './minutes-post.js';
import { Discussion, OverPicture } from './over-picture.js';
import type { Attendee, RollDraft } from './roll-draft.js';
import { SidePanel } from './side-panel.js';
import { useBack } from './use-back.js';
import { useCheckIn } from './use-check-in.js';
import { useFinish } from './use-finish.js';
import { usePrompts } from './use-prompts.js';
import { useRoll } from './use-roll.js';
import { useWholeScreen } from './use-whole-screen.js';

interface Props {
  lecture: LectureView;
  hall: HallView;
  device: EnrolledDevice;
  desk: HallDesk;
}

type Phase = 'running' | 'discussion' | 'closing' | 'done';

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
function useHallPlay({ lecture, device, desk }: Props) {
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
const isOpen = (phase: Phase): boolean => phase === 'running' || phase === 'discussion';

/** One screen, many people: plays, and notes who comes and goes. */
export function HallSession(props: Props) {
  const { hall, device, desk } = props;
  const draft = useSyncExternalStore(desk.subscribe, desk.current);
  const play = useHallPlay(props);
  const { recorded } = play;
  const [phase, setPhase] = useState<Phase>('running');
  const stage = useRef<HTMLDivElement>(null);
  useRoll(recorded, isOpen(phase) ? draft.present : NOBODY, draft.headCount);
  const finish = useFinish(desk, device, recorded);
  useBack(phase === 'closing' || phase === 'discussion', () => setPhase('running'));
  useWholeScreen(phase !== 'done', stage);

  if (phase === 'done') return <Done playedMs={recorded?.session.playedMs ?? 0} draft={draft} />;
  return (
    <div ref={stage} className={styles.stage} tabIndex={-1}>
      <Room {...props} {...play} phase={phase} stage={stage} onPhase={setPhase} />
      {phase === 'closing' && (
        <Closing
          roster={hall.roster}
          everybody={everybodyOf(draft)}
          onFinish={(written) => finish(written).then(() => setPhase('done'))}
          onGoOn={() => setPhase('running')}
        />
      )}
    </div>
  );
}

interface RoomProps extends Props {
  grant: PlayGrant | undefined;
  renew: () => void;
  recorded: Recorded | undefined;
  phase: Phase;
  stage: RefObject<HTMLDivElement | null>;
  playingMs: number;
  onPhase: (phase: Phase) => void;
}

/** The picture, what stands over it, and the panel beside it; stays as it is while the note is written. */
function Room({ lecture, hall, device, desk, phase, stage, playingMs, onPhase, ...play }: RoomProps) {
  const { t } = useTranslation();
  const draft = useSyncExternalStore(desk.subscribe, desk.current);
  const [isPanelShown, setIsPanelShown] = useState(true);
  const prompts = usePrompts(play.recorded, playingMs, desk);
  const checkIn = useCheckIn({ desk, device, ...hall }, prompts, phase !== 'closing');
  return (
    <div className={styles.room} hidden={phase === 'closing'}>
      <div className={styles.screen}>
        <Screen lecture={lecture} isHalted={phase !== 'running'} stage={stage} {...play} />
        {phase === 'discussion' && <Discussion onGoOn={() => onPhase('running')} />}
        <OverPicture checkIn={checkIn} prompt={prompts.prompt} people={draft.present.length} />
        {!isPanelShown && (
          <button type="button" className={styles.badge} autoFocus onClick={() => setIsPanelShown(true)}>
            {t('hall.here', { count: draft.present.length })}
            <span className={styles.unseen}> · {t('hall.showPanel')}</span>
          </button>
        )}
      </div>
      {isPanelShown && (
        <SidePanel
          title={lecture.title}
          roster={hall.roster}
          draft={draft}
          desk={desk}
          checkIn={checkIn}
          onDiscuss={() => onPhase('discussion')}
          onHide={() => setIsPanelShown(false)}
          onEnd={() => onPhase('closing')}
        />
      )}
    </div>
  );
}

interface ScreenProps extends Pick<RoomProps, 'lecture' | 'grant' | 'renew' | 'recorded' | 'stage'> {
  isHalted: boolean;
}

function Screen({ lecture, grant, renew, recorded, isHalted, stage }: ScreenProps) {
  const { t } = useTranslation();
  if (!grant) return <Notice>{t('hall.cannotPlay')}</Notice>;
  return (
    <LecturePlayer
      lecture={lecture}
      grant={grant}
      renewGrant={renew}
      session={recorded?.session}
      keeper={recorded?.keeper}
      watched={undefined}
      isHalted={isHalted}
      hall={stage}
    />
  );
}
