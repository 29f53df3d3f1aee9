import type { ClaimView, ExplainedSession, OverrideView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Dispute } from './dispute.js';
import styles from './record.module.css';
import { useMoment } from './use-moment.js';

const RULED = {
  annul: 'said.annul',
  attest: 'said.attest',
  restore: 'said.restore',
} as const satisfies Record<OverrideView['kind'], string>;
const CLAIMED = {
  pending: 'said.claimPending',
  confirmed: 'said.claimConfirmed',
  declined: 'said.claimDeclined',
} as const satisfies Record<ClaimView['state'], string>;

interface Props {
  session: ExplainedSession;
  learnerId: string;
  onSaid: () => void;
}

/** What people have said and ruled of the learner in a session, and where the learner can object. */
export function Said({ session, learnerId, onSaid }: Props) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { overrides, claims, disputes } = session;
  const isOpen = disputes.some(({ answer }) => answer === null);
  return (
    <>
      {overrides.length + claims.length + disputes.length > 0 && (
        <ul className={styles.said}>
          {claims.map((claim) => (
            <li key={claim.id}>
              {t(CLAIMED[claim.state], { by: claim.decidedBy ?? '–', at: moment(claim.claimedAt, 'short') })}
            </li>
          ))}
          {overrides.map((override) => (
            <li key={override.id}>
              {t(RULED[override.kind], { by: override.by ?? '–', at: moment(override.madeAt, 'short') })}{' '}
              {t('said.because', { reason: override.reason ?? '–' })} {!override.stands && t('said.overruled')}
            </li>
          ))}
          {disputes.map(({ id, words, raisedAt, answer }) => (
            <li key={id}>
              {t('said.disputed', { at: moment(raisedAt, 'short'), words })}{' '}
              {answer
                ? t('said.answered', { by: answer.by ?? '–', at: moment(answer.at, 'short'), words: answer.words })
                : t('said.waiting')}
            </li>
          ))}
        </ul>
      )}
      {!isOpen && <Dispute sessionId={session.id} learnerId={learnerId} onSaid={onSaid} />}
    </>
  );
}
