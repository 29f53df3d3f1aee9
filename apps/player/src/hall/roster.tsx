import type { HallView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Notice } from '../layout/notice.js';
import styles from './hall.module.css';

type Learner = HallView['roster'][number];

interface Props {
  roster: readonly Learner[];
  present: readonly string[];
  onTick: (learnerId: string, isHere: boolean) => void;
  headCount: number;
  onHeadCount: (headCount: number) => void;
}

/** The roster with a tick for everybody who is here, and a count of those who are on no roster. */
export function Roster({ roster, present, onTick, headCount, onHeadCount }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const isMatch = ({ name, code }: Learner) => `${name} ${code}`.toLowerCase().includes(sought.trim().toLowerCase());
  return (
    <div className={styles.roll}>
      <p className={styles.count} role="status">
        {t('hall.here', { count: present.length })}
      </p>
      {roster.length === 0 && <Notice>{t('hall.noRoster')}</Notice>}
      {roster.length > 8 && (
        <input
          className={controls.input}
          type="search"
          aria-label={t('hall.find')}
          placeholder={t('hall.find')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
      )}
      <ul className={styles.people} aria-label={t('hall.everybody')}>
        {roster.filter(isMatch).map((learner) => {
          const isHere = present.includes(learner.id);
          return (
            <li key={learner.id}>
              <label className={isHere ? `${styles.person} ${styles.present}` : styles.person}>
                <input
                  type="checkbox"
                  checked={isHere}
                  onChange={({ currentTarget }) => onTick(learner.id, currentTarget.checked)}
                />
                <span>
                  <span className={styles.name}>{learner.name}</span>{' '}
                  <span className={styles.code}>{learner.code}</span>
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      <label className={controls.row}>
        <span>{t('hall.headCount')}</span>
        <input
          className={`${controls.input} ${styles.heads}`}
          type="number"
          min={0}
          max={100000}
          value={headCount}
          onChange={({ currentTarget }) => onHeadCount(Math.max(0, Math.floor(currentTarget.valueAsNumber || 0)))}
        />
      </label>
    </div>
  );
}
