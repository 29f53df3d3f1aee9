import type { LearnerRecordItem } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { RecordFacts } from './record-facts.js';
import styles from './record.module.css';
import { Refused } from './refused.js';

export function RecordItem({ item }: { item: LearnerRecordItem }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>
        <Link href={`/lectures/${item.lectureId}`}>{item.lectureTitle}</Link>
      </h2>
      <p>{item.courseTitle}</p>
      <p className={item.complete ? styles.complete : undefined}>
        {item.complete ? t('record.complete') : t('record.incomplete')}
      </p>
      <RecordFacts item={item} />
      <Refused items={item.refused} title={t('record.refused')} />
      <Link href={`/record/${item.editionId}`} aria-label={t('explanation.linkTo', { title: item.lectureTitle })}>
        {t('explanation.link')}
      </Link>
    </>
  );
}
