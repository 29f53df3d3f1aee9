import type { EnrolledDevice, HallView, LectureView, PlayGrant } from '#libs/contracts';
import { useState, useSyncExternalStore, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../layout/notice.js';
import { LecturePlayer } from '../lecture/lecture-player.js';
import type { Recorded } from '../lecture/use-play-session.js';
import styles from './hall.module.css';
import type { HallDesk } from './hall-desk.js';
import { Over } from './over.js';
import { Discussion, OverPicture } from './over-picture.js';
import { nextIn } from './programme.js';
import { SidePanel } from './side-panel.js';
import { useCheckIn } from './use-check-in.js';
import { usePrompts } from './use-prompts.js';

/** `over`: the lecture has ended, the session has not been closed. */
export type Phase = 'running' | 'discussion' | 'over' | 'closing' | 'done';

export interface Hall {
  readonly lecture: LectureView;
  readonly hall: HallView;
  readonly device: EnrolledDevice;
  readonly desk: HallDesk;
}

interface Props extends Hall {
  grant: PlayGrant | undefined;
  renew: () => void;
  recorded: Recorded | undefined;
  phase: Phase;
  stage: RefObject<HTMLDivElement | null>;
  playingMs: number;
  onPhase: (phase: Phase) => void;
  onNext: () => void;
}

/** The picture, what stands over it, and the panel beside it; stays as it is while the note is written. */
export function Room({ lecture, hall, device, desk, phase, stage, playingMs, onPhase, onNext, ...play }: Props) {
  const { t } = useTranslation();
  const draft = useSyncExternalStore(desk.subscribe, desk.current);
  const [isPanelShown, setIsPanelShown] = useState(true);
  const prompts = usePrompts(play.recorded, playingMs, desk);
  const checkIn = useCheckIn({ desk, device, ...hall }, prompts, phase !== 'closing');
  const end = () => onPhase('closing');
  const run = () => onPhase('running');
  return (
    <div className={styles.room} hidden={phase === 'closing'}>
      <div className={styles.screen}>
        <Screen
          lecture={lecture}
          isHalted={phase !== 'running'}
          stage={stage}
          onEnded={() => onPhase('over')}
          {...play}
        />
        {phase === 'discussion' && <Discussion onGoOn={run} />}
        {phase === 'over' && <Over next={nextIn(draft)} onNext={onNext} onClose={end} onBack={run} />}
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
          onEnd={end}
        />
      )}
    </div>
  );
}

interface ScreenProps extends Pick<Props, 'lecture' | 'grant' | 'renew' | 'recorded' | 'stage'> {
  isHalted: boolean;
  onEnded: () => void;
}

function Screen({ lecture, grant, renew, recorded, isHalted, stage, onEnded }: ScreenProps) {
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
      onEnded={onEnded}
    />
  );
}
