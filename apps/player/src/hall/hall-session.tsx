import type { EnrolledDevice, HallView, LectureView, PlayGrant } from '#libs/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import { LecturePlayer } from '../lecture/lecture-player.js';
import { usePlayGrant } from '../lecture/use-play-grant.js';
import { usePlaySession, type Recorded } from '../lecture/use-play-session.js';
import type { Playing } from '../recording/play-session.js';
import { useServices } from '../services.js';
import { Closing, Done } from './closing.js';
import styles from './hall.module.css';
import type { RollDraft } from './roll-draft.js';
import { Roster } from './roster.js';
import { useRoll } from './use-roll.js';

interface Props {
  lecture: LectureView;
  roster: HallView['roster'];
  device: EnrolledDevice;
  draft: RollDraft;
  onChange: (changed: Partial<RollDraft>) => void;
  onTick: (learnerId: string, isHere: boolean) => void;
}

type Phase = 'running' | 'closing' | 'done';

const NOBODY: readonly string[] = [];

/** Without a link there is no right to play yet, but the lecture says which edition it is. */
function usePlaying({ editionId, durationMs }: LectureView, grant: PlayGrant | undefined): Playing | undefined {
  const playedId = grant?.editionId ?? editionId;
  const lengthMs = playedId === editionId ? durationMs : grant?.durationMs;
  return useMemo(
    () => (playedId === null || !lengthMs ? undefined : { editionId: playedId, durationMs: lengthMs }),
    [playedId, lengthMs],
  );
}

const ignoreSpans = () => undefined;

/** One screen, many people: plays, and notes who comes and goes. */
export function HallSession({ lecture, roster, device, draft, onChange, onTick }: Props) {
  const { db } = useServices();
  const { grant, renew } = usePlayGrant(lecture.id);
  const recorded = usePlaySession(usePlaying(lecture, grant), device, ignoreSpans);
  const [phase, setPhase] = useState<Phase>('running');
  useRoll(recorded, phase === 'running' ? draft.present : NOBODY, draft.headCount);

  const finish = async (note: string) => {
    recorded?.session.remark({ headCount: draft.headCount, note });
    await recorded?.keeper.send();
    await db.delete('things', 'roll');
    setPhase('done');
  };

  if (phase === 'done') return <Done session={recorded?.session} headCount={draft.headCount} />;
  return (
    <div className={styles.running}>
      <div className={controls.form}>
        <h1 lang={lecture.language}>{lecture.title}</h1>
        <Screen lecture={lecture} grant={grant} renew={renew} recorded={recorded} isHalted={phase === 'closing'} />
      </div>
      {phase === 'closing' ? (
        <Closing onFinish={finish} onGoOn={() => setPhase('running')} />
      ) : (
        <RollPanel
          roster={roster}
          draft={draft}
          onTick={onTick}
          onHeadCount={(headCount) => onChange({ headCount })}
          onEnd={() => setPhase('closing')}
        />
      )}
    </div>
  );
}

interface ScreenProps {
  lecture: LectureView;
  grant: PlayGrant | undefined;
  renew: () => void;
  recorded: Recorded | undefined;
  isHalted: boolean;
}

function Screen({ lecture, grant, renew, recorded, isHalted }: ScreenProps) {
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
    />
  );
}

interface RollPanelProps {
  roster: HallView['roster'];
  draft: RollDraft;
  onTick: (learnerId: string, isHere: boolean) => void;
  onHeadCount: (headCount: number) => void;
  onEnd: () => void;
}

function RollPanel({ roster, draft, onTick, onHeadCount, onEnd }: RollPanelProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.roll}>
      <h2>{t('hall.roll')}</h2>
      <p className={controls.hint}>{t('hall.whileRunning')}</p>
      <Roster
        roster={roster}
        present={draft.present}
        onTick={onTick}
        headCount={draft.headCount}
        onHeadCount={onHeadCount}
      />
      <button type="button" className={controls.button} onClick={onEnd}>
        {t('hall.end')}
      </button>
    </section>
  );
}
