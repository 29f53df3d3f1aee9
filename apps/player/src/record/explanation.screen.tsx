import type { ExplainedSession, LearnerExplanation } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { clockTime } from '../lecture/clock-time.js';
import { usePages } from '../server/use-pages.js';
import { useViewer } from '../viewer/use-viewer.js';
import { ExplainedSessionItem } from './explained-session.js';
import { RecordFacts } from './record-facts.js';
import styles from './record.module.css';
import { Refused } from './refused.js';

/** From which sessions and spans the numbers of one lecture come. */
export function ExplanationScreen({ editionId }: { editionId: string }) {
  const { t } = useTranslation();
  const learnerId = useViewer().person?.learnerId;
  return (
    <div className={controls.stack}>
      <h1>{t('explanation.title')}</h1>
      <Link href="/record">{t('explanation.back')}</Link>
      {learnerId === undefined ? (
        <Notice>{t('record.noLearner')}</Notice>
      ) : (
        <Explanation learnerId={learnerId} editionId={editionId} />
      )}
    </div>
  );
}

function Explanation({ learnerId, editionId }: { learnerId: string; editionId: string }) {
  const pages = usePages<ExplainedSession>(`/learners/${learnerId}/record/${editionId}`);
  return (
    <ReadingView reader={pages.reader}>
      {(page) => (
        <>
          <Numbers of={page as LearnerExplanation} />
          <ol className={styles.list}>
            {[...page.items, ...pages.rest].map((session) => (
              <li key={session.id} className={`${controls.card} ${styles.item}`}>
                <ExplainedSessionItem
                  session={session}
                  currentEdition={(page as LearnerExplanation).editionNumber}
                  learnerId={learnerId}
                  onSaid={pages.reader.again}
                />
              </li>
            ))}
          </ol>
          <MoreButton pages={pages} />
        </>
      )}
    </ReadingView>
  );
}

function Numbers({ of }: { of: LearnerExplanation }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{of.lectureTitle}</h2>
      <p className={of.complete ? styles.complete : undefined}>
        {of.complete ? t('record.complete') : t('record.incomplete')}
      </p>
      <RecordFacts item={of} />
      <p>
        {t('explanation.rule', {
          needed: clockTime(of.neededMs),
          length: clockTime(of.durationMs),
          factor: of.paceFactor,
        })}
      </p>
      <p>{t('explanation.credit')}</p>
      <p>{t('explanation.order')}</p>
      <Refused items={of.refusedElsewhere} title={t('explanation.elsewhere')} />
    </>
  );
}
