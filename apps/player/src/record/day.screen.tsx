import type { DaySession, LearnerDay } from '#libs/contracts';
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
import { useMoment } from './use-moment.js';

/** From which sessions the time spent on one day comes. */
export function DayScreen({ day }: { day: string }) {
  const { t } = useTranslation();
  const shown = useDay()(day);
  const learnerId = useViewer().person?.learnerId;
  return (
    <div className={controls.stack}>
      <h1>{t('days.ofDay', { day: shown })}</h1>
      <Link href="/record/days">{t('days.back')}</Link>
      {learnerId === undefined ? (
        <Notice>{t('record.noLearner')}</Notice>
      ) : (
        <Sessions learnerId={learnerId} day={day} />
      )}
    </div>
  );
}

function Sessions({ learnerId, day }: { learnerId: string; day: string }) {
  const { t } = useTranslation();
  const pages = usePages<DaySession>(`/learners/${learnerId}/days/${day}`);
  return (
    <ReadingView reader={pages.reader}>
      {(page) => (
        <>
          <p>
            <strong>{t('days.total', { spent: clockTime((page as LearnerDay).minutesMs) })}</strong>
          </p>
          <p>{t('days.order')}</p>
          <ol className={styles.list}>
            {[...page.items, ...pages.rest].map((session) => (
              <li key={session.id} className={`${controls.card} ${styles.item}`}>
                <Session session={session} />
              </li>
            ))}
          </ol>
          <MoreButton pages={pages} />
        </>
      )}
    </ReadingView>
  );
}

function Session({ session }: { session: DaySession }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { lectureTitle, siteName, from, to, minutesMs, addedMinutesMs } = session;
  return (
    <>
      <h2>{lectureTitle}</h2>
      <p>
        {moment(from, 'short')} – {moment(to, 'short')} · {t(`explanation.kind.${session.kind}`)}
        {siteName !== null && ` · ${siteName}`}
      </p>
      <p>
        <strong>{t('days.adds', { spent: clockTime(addedMinutesMs) })}</strong>{' '}
        {addedMinutesMs !== minutesMs && t('days.given', { spent: clockTime(minutesMs) })}
      </p>
      <Link href={`/record/${session.editionId}`} aria-label={t('explanation.linkTo', { title: lectureTitle })}>
        {t('explanation.link')}
      </Link>
    </>
  );
}
