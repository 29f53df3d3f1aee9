import type { LearnerRecordItem } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../lecture/clock-time.js';
import { WatchedMap } from '../lecture/watched-map.js';
import styles from './record.module.css';

const grades = ['A', 'B', 'C'] as const;

/** The numbers of one edition. */
export function RecordFacts({ item }: { item: Omit<LearnerRecordItem, 'refused'> }) {
  const { t } = useTranslation();
  const facts = [
    [t('record.watched'), shownRatio(item.coveredMs, item.durationMs)],
    [t('record.minutes'), clockTime(item.minutesMs)],
    [t('record.credit'), clockTime(item.creditMs)],
    [
      t('record.byGrade'),
      grades
        .filter((grade) => item.byGrade[grade] > 0)
        .map((grade) => `${clockTime(item.byGrade[grade])} ${t(`record.grade.${grade}`)}`)
        .join(' · '),
    ],
  ] as const;
  return (
    <>
      <WatchedMap intervals={item.watched} durationMs={item.durationMs} />
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
