import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { clockTime } from '../lecture/clock-time.js';
import { useServices } from '../services.js';
import type { Reply } from './check-in.js';
import styles from './hall.module.css';
import type { CheckIn, Said } from './use-check-in.js';
import type { Prompt } from './use-prompts.js';

const sentences = {
  in: 'hall.saidIn',
  inUnproven: 'hall.saidInUnproven',
  out: 'hall.saidOut',
  alreadyIn: 'hall.saidAlreadyIn',
  answered: 'hall.saidAnswered',
  alreadyAnswered: 'hall.saidAlreadyAnswered',
  needsCard: 'hall.saidNeedsCard',
  unknown: 'hall.saidUnknown',
  wrongPin: 'hall.saidWrongPin',
  waitPin: 'hall.saidWaitPin',
} as const satisfies Record<Reply, string>;

const bad = new Set<Reply>(['unknown', 'wrongPin', 'waitPin', 'needsCard']);

interface Props {
  checkIn: CheckIn;
  prompt: Prompt | undefined;
  people: number;
}

/** At the foot of the picture, read from the door: what becomes of a scan, and a question now and then. Takes no focus. */
export function OverPicture({ checkIn: { said, typing, pinOf }, prompt, people }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.foot} role="status">
      {prompt && (
        <p className={styles.prompt}>
          {t('hall.prompt')} <span>{t('hall.promptAnswers', { count: prompt.answered.size, people })}</span>
        </p>
      )}
      {pinOf && <p className={styles.said}>{t('hall.pinOf', { name: pinOf.name })}</p>}
      {typing.text !== '' && <p className={styles.said}>{'•'.repeat(Math.min(typing.text.length, 24))}</p>}
      {said && <Answer said={said} />}
    </div>
  );
}

const comings = new Set<Reply>(['in', 'inUnproven']);

function Answer({ said: { reply, name, lateMinutes = 0 } }: { said: Said }) {
  const { t } = useTranslation();
  const late = comings.has(reply) && lateMinutes > 0 ? ` · ${t('hall.late', { count: lateMinutes })}` : '';
  return (
    <p className={bad.has(reply) ? `${styles.said} ${styles.bad}` : styles.said}>
      {t(sentences[reply], { name }) + late}
    </p>
  );
}

/** The lecture rests while people talk; nothing that happens now is watching. */
export function Discussion({ onGoOn }: { onGoOn: () => void }) {
  const { t } = useTranslation();
  const { boot } = useServices();
  const [sinceMs] = useState(() => boot.clockMs());
  const [now, setNow] = useState(sinceMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(boot.clockMs()), 1000);
    return () => clearInterval(timer);
  }, [boot]);
  return (
    <div className={styles.discussion}>
      <h2>{t('hall.discussion')}</h2>
      <p>{t('hall.discussionHint')}</p>
      <p className={styles.clock}>{clockTime(now - sinceMs)}</p>
      <button type="button" className={controls.primary} autoFocus onClick={onGoOn}>
        {t('hall.discussed')}
      </button>
    </div>
  );
}
