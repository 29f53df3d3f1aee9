import type { LectureView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import styles from './hall.module.css';

interface Props {
  next: LectureView | undefined;
  onNext: () => void;
  onClose: () => void;
  onBack: () => void;
}

/** The lecture has ended: one press leads on to the next, another to what is written down about this one. */
export function Over({ next, onNext, onClose, onBack }: Props) {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  return (
    <div className={styles.discussion}>
      <h2>{t('player.ended')}</h2>
      {next && <p id="next-title">{t('hall.nextIs', { title: next.title })}</p>}
      {next && (
        <button
          type="button"
          className={controls.primary}
          autoFocus
          disabled={isBusy}
          aria-describedby="next-title"
          onClick={() => {
            setIsBusy(true);
            onNext();
          }}
        >
          {t('hall.next')}
        </button>
      )}
      <button type="button" className={next ? controls.button : controls.primary} autoFocus={!next} onClick={onClose}>
        {t('hall.toMinutes')}
      </button>
      <button type="button" className={controls.button} onClick={onBack}>
        {t('hall.back')}
      </button>
    </div>
  );
}
