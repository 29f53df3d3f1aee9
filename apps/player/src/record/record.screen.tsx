import type { LearnerRecord, LearnerRecordItem } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { clockTime } from '../lecture/clock-time.js';
import { usePages } from '../server/use-pages.js';
import { useViewer } from '../viewer/use-viewer.js';
import { Claims } from './claims.js';
import { RecordItem } from './record-item.js';
import styles from './record.module.css';

/** What counted, by which grade, what did not, and why (TRACKING.md rule 10). */
export function RecordScreen() {
  const { t } = useTranslation();
  const learnerId = useViewer().person?.learnerId;
  return (
    <div className={controls.stack}>
      <h1>{t('record.title')}</h1>
      {learnerId === undefined ? <Notice>{t('record.noLearner')}</Notice> : <Own learnerId={learnerId} />}
    </div>
  );
}

function Own({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Claims learnerId={learnerId} />
      <Items learnerId={learnerId} />
      <p>
        <a href={`/api/v1/learners/${learnerId}/export`} download>
          {t('record.export')}
        </a>
      </p>
    </>
  );
}

function Items({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation();
  const pages = usePages<LearnerRecordItem>(`/learners/${learnerId}/record`);
  return (
    <ReadingView reader={pages.reader}>
      {(page) => {
        const items = [...page.items, ...pages.rest];
        if (items.length === 0) return <Notice>{t('record.none')}</Notice>;
        return (
          <>
            <Totals record={page as LearnerRecord} />
            <ul className={styles.list}>
              {items.map((item) => (
                <li key={item.editionId} className={`${controls.card} ${styles.item}`}>
                  <RecordItem item={item} />
                </li>
              ))}
            </ul>
            <MoreButton pages={pages} />
          </>
        );
      }}
    </ReadingView>
  );
}

function Totals({ record }: { record: Pick<LearnerRecord, 'minutesMs' | 'creditMs' | 'freshAt'> }) {
  const { t, i18n } = useTranslation();
  return (
    <p>
      {t('record.total', {
        spent: clockTime(record.minutesMs),
        credit: clockTime(record.creditMs),
        at: new Date(record.freshAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }),
      })}{' '}
      <Link href="/record/days">{t('days.link')}</Link>
    </p>
  );
}
