import type { ExplainedSession } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../lecture/clock-time.js';
import styles from './record.module.css';
import { Refused } from './refused.js';

/** Where and when a session was, how it is known, and what it gave. */
function useSentBy() {
  const { t } = useTranslation();
  return ({ isPaper, deviceName }: ExplainedSession): string => {
    if (isPaper) return t('explanation.byPaper');
    return deviceName === null ? t('explanation.bySignIn') : t('explanation.byDevice', { device: deviceName });
  };
}

export function ExplainedSessionItem({
  session,
  currentEdition,
}: {
  session: ExplainedSession;
  currentEdition: number;
}) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { startedAt, siteName, grade } = session;
  const sentBy = useSentBy();
  const facts = [
    sentBy(session),
    t('explanation.received', { at: moment(session.receivedAt, 'short') }),
    session.datedBy === 'receipt' && t('explanation.redated'),
    grade && t(`explanation.grade.${grade}`),
    session.editionNumber !== currentEdition && t('explanation.older', { number: session.editionNumber }),
  ].filter((fact) => typeof fact === 'string');
  return (
    <>
      <h3>
        {startedAt === null ? t('explanation.nothing') : moment(startedAt, 'short')} ·{' '}
        {t(`explanation.kind.${session.kind}`)}
        {siteName !== null && ` · ${siteName}`}
      </h3>
      <p>
        <strong>
          {t('explanation.added', {
            covered: clockTime(session.addedCoveredMs),
            spent: clockTime(session.addedMinutesMs),
          })}
        </strong>{' '}
        {t('explanation.given', { covered: clockTime(session.coveredMs), spent: clockTime(session.minutesMs) })}
      </p>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <Parts session={session} />
      <Refused items={session.refused} title={t('record.refused')} />
    </>
  );
}

function Parts({ session: { spans, spansLeftOut, presences } }: { session: ExplainedSession }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (spans.length === 0 && presences.length === 0) return null;
  return (
    <details className={styles.refused}>
      <summary>{t('explanation.parts')}</summary>
      <ul>
        {presences.map(({ seq, from, to, grade }) => (
          <li key={`presence ${seq}`}>
            {t(to === null ? 'explanation.thereToTheEnd' : 'explanation.there', {
              from: moment(from, 'medium'),
              to: to === null ? '' : moment(to, 'medium'),
              how: t(`record.grade.${grade}`),
            })}
          </li>
        ))}
        {spans.map(({ seq, fromMs, toMs, startedAt, presentMs }) => (
          <li key={`span ${seq}`}>
            {t(presentMs === 0 ? 'explanation.spanWithoutYou' : 'explanation.span', {
              seq: seq + 1,
              from: clockTime(fromMs),
              to: clockTime(toMs),
              at: moment(startedAt, 'medium'),
              present: clockTime(presentMs),
            })}
          </li>
        ))}
        {spansLeftOut > 0 && <li>{t('explanation.leftOut', { count: spansLeftOut })}</li>}
      </ul>
    </details>
  );
}

function useMoment() {
  const { language } = useTranslation().i18n;
  return (at: string, timeStyle: 'short' | 'medium') =>
    new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle });
}
