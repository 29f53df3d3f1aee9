import type { ExplainedSession } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../lecture/clock-time.js';
import styles from './record.module.css';
import { Refused } from './refused.js';
import { Said } from './said.js';
import { useMoment } from './use-moment.js';

interface Props {
  session: ExplainedSession;
  currentEdition: number;
  learnerId: string;
  onSaid: () => void;
}

const BY_WORD = { claim: 'explanation.byClaim', attestation: 'explanation.byAttestation' } as const;

/** Where and when a session was, how it is known, and what it gave. */
export function ExplainedSessionItem({ session, currentEdition, learnerId, onSaid }: Props) {
  const { t } = useTranslation();
  const moment = useMoment();
  const facts = useFacts(session, currentEdition);
  const { startedAt, siteName } = session;
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
      <Said session={session} learnerId={learnerId} onSaid={onSaid} />
    </>
  );
}

function useSentBy() {
  const { t } = useTranslation();
  return ({ isPaper, isByStaff, deviceName }: ExplainedSession): string => {
    if (isPaper) return t('explanation.byPaper');
    if (isByStaff) return t('explanation.byStaff');
    return deviceName === null ? t('explanation.bySignIn') : t('explanation.byDevice', { device: deviceName });
  };
}

function useFacts(session: ExplainedSession, currentEdition: number): string[] {
  const { t } = useTranslation();
  const moment = useMoment();
  const { grade, foldedAt } = session;
  const source = session.presences[0]?.source ?? 'report';
  const sentBy = useSentBy();
  return [
    foldedAt === null ? sentBy(session) : t('explanation.folded', { at: moment(foldedAt, 'short') }),
    t('explanation.received', { at: moment(session.receivedAt, 'short') }),
    session.datedBy === 'receipt' && t('explanation.redated'),
    grade && (source === 'report' ? t(`explanation.grade.${grade}`) : t(BY_WORD[source])),
    session.editionNumber !== currentEdition && t('explanation.older', { number: session.editionNumber }),
  ].filter((fact) => typeof fact === 'string');
}

function Parts({ session: { spans, spansLeftOut, presences } }: { session: ExplainedSession }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (spans.length === 0 && presences.length === 0) return null;
  return (
    <details className={styles.refused}>
      <summary>{t('explanation.parts')}</summary>
      <ul>
        {presences.map(({ seq, from, to, grade, source }) => (
          <li key={`presence ${seq}`}>
            {t(to === null ? 'explanation.thereToTheEnd' : 'explanation.there', {
              from: moment(from, 'medium'),
              to: to === null ? '' : moment(to, 'medium'),
              how: source === 'report' ? t(`record.grade.${grade}`) : t(BY_WORD[source]),
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
