import type { LearnerRecordItem } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { clockTime } from '../lecture/clock-time.js';
import { WatchedMap } from '../lecture/watched-map.js';
import styles from './record.module.css';

const grades = ['A', 'B', 'C'] as const;

export function RecordItem({ item }: { item: LearnerRecordItem }) {
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
      <h2>
        <Link href={`/lectures/${item.lectureId}`}>{item.lectureTitle}</Link>
      </h2>
      <p>{item.courseTitle}</p>
      <p className={item.complete ? styles.complete : undefined}>
        {item.complete ? t('record.complete') : t('record.incomplete')}
      </p>
      <WatchedMap intervals={item.watched} durationMs={item.durationMs} />
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
      <Refused items={item.refused} />
    </>
  );
}

function Refused({ items }: { items: LearnerRecordItem['refused'] }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <details className={styles.refused}>
      <summary>{t('record.refused')}</summary>
      <ul>
        {items.map(({ session, item, seq, code }) => (
          <li key={`${session} ${item} ${seq ?? ''} ${code}`}>
            {t('record.refusedItem', { seq: seq === null ? '–' : seq + 1, why: t(`refusal.${code}`) })}
          </li>
        ))}
      </ul>
    </details>
  );
}
