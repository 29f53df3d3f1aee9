import type { LearnerDayItem, LearnerDays } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { clockTime } from '../lecture/clock-time.js';
import { usePages } from '../server/use-pages.js';
import { useViewer } from '../viewer/use-viewer.js';
import styles from './record.module.css';
import { useDay } from './use-day.js';

/** From which days the time spent comes, and how what counts follows from it. */
export function DaysScreen() {
  const { t } = useTranslation();
  const learnerId = useViewer().person?.learnerId;
  return (
    <div className={controls.stack}>
      <h1>{t('days.title')}</h1>
      <Link href="/record">{t('explanation.back')}</Link>
      {learnerId === undefined ? <Notice>{t('record.noLearner')}</Notice> : <Days learnerId={learnerId} />}
    </div>
  );
}

function Days({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation();
  const pages = usePages<LearnerDayItem>(`/learners/${learnerId}/days`);
  return (
    <ReadingView reader={pages.reader}>
      {(page) => (
        <>
          <Numbers of={page as LearnerDays} />
          {page.items.length === 0 && <Notice>{t('record.none')}</Notice>}
          <ol className={styles.list}>
            {[...page.items, ...pages.rest].map((item) => (
              <li key={item.day} className={`${controls.card} ${styles.item}`}>
                <Day item={item} />
              </li>
            ))}
          </ol>
          <MoreButton pages={pages} />
        </>
      )}
    </ReadingView>
  );
}

function Numbers({ of }: { of: LearnerDays }) {
  const { t } = useTranslation();
  const facts = [
    [t('record.watched'), of.coveredMs],
    [t('record.minutes'), of.minutesMs],
    [t('record.credit'), of.creditMs],
  ] as const;
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{clockTime(ms)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('explanation.credit')}</p>
      <p>{t('days.covered')}</p>
      <p>{t('days.minutes')}</p>
    </>
  );
}

function Day({ item: { day, minutesMs, addedMinutesMs, sessions } }: { item: LearnerDayItem }) {
  const { t } = useTranslation();
  const shown = useDay()(day);
  return (
    <>
      <h2>
        <Link href={`/record/days/${day}`}>{shown}</Link>
      </h2>
      <p>{t('days.spent', { spent: clockTime(minutesMs), count: sessions })}</p>
      {addedMinutesMs !== minutesMs && <p>{t('days.adds', { spent: clockTime(addedMinutesMs) })}</p>}
    </>
  );
}
