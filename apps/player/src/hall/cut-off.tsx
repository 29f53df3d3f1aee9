import type { HallView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import { clockTime } from '../lecture/clock-time.js';
import { useServices } from '../services.js';
import { Closing, type Written } from './closing.js';
import { Done } from './done.js';
import { nextPath } from './follow.js';
import styles from './hall.module.css';
import type { HallDesk } from './hall-desk.js';
import { nextIn } from './programme.js';
import type { Running } from './roll-draft.js';
import { closeTrace } from './use-finish.js';

interface Props {
  running: Running;
  roster: HallView['roster'];
  desk: HallDesk;
  onCarryOn: () => void;
}

/** A session that was never closed: the power went, or the page. It is carried on, or closed as it stands. */
export function CutOff({ running, roster, desk, onCarryOn }: Props) {
  const { t } = useTranslation();
  const services = useServices();
  const [, navigate] = useLocation();
  const [phase, setPhase] = useState<'asking' | 'closing' | 'done'>('asking');
  const draft = desk.current();
  const next = nextIn(draft);
  const finish = async (written: Written, goesOn: boolean) => {
    await closeTrace(services, running.trace, draft.headCount, written);
    await desk.close(services.boot.id);
    if (goesOn && next) navigate(nextPath(next.id));
    else setPhase('done');
  };
  if (phase === 'done') return <Done draft={draft} playedMs={0} />;
  if (phase === 'closing')
    return (
      <Closing
        roster={roster}
        everybody={running.everybody}
        next={next}
        onFinish={finish}
        onGoOn={() => setPhase('asking')}
      />
    );
  return (
    <div className={controls.stack}>
      <h1>{running.title}</h1>
      <Notice>{t('hall.cutOff', { at: clockTime(running.positionMs), count: draft.present.length })}</Notice>
      <div className={styles.deeds}>
        <button
          type="button"
          className={controls.primary}
          autoFocus
          onClick={() => {
            desk.carryOn();
            onCarryOn();
          }}
        >
          {t('hall.carryOn')}
        </button>
        <button type="button" className={controls.button} onClick={() => setPhase('closing')}>
          {t('hall.closeNow')}
        </button>
      </div>
    </div>
  );
}
