import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import styles from './hall.module.css';

const STEPS = [-10, -1, 1, 10] as const;

interface Props {
  count: number;
  onChangeBy: (more: number) => void;
}

/** People who are on no roster: counted, never named. Buttons, since a remote control types no number and needs the arrows. */
export function HeadCount({ count, onChangeBy }: Props) {
  const { t } = useTranslation();
  const step = (more: number) => (
    <button
      key={more}
      type="button"
      className={controls.button}
      aria-label={more > 0 ? t('hall.headsMore', { count: more }) : t('hall.headsFewer', { count: -more })}
      onClick={() => onChangeBy(more)}
    >
      {more > 0 ? `+${more}` : `−${-more}`}
    </button>
  );
  return (
    <div className={styles.heads} role="group" aria-label={t('hall.headCount')}>
      <span className={controls.hint}>{t('hall.headCount')}</span>
      <div className={styles.steps}>
        {STEPS.filter((more) => more < 0).map(step)}
        <output className={styles.headsNow}>{count}</output>
        {STEPS.filter((more) => more > 0).map(step)}
      </div>
    </div>
  );
}
