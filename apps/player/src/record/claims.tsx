import type { ClaimableSession, ClaimableSessions, ClaimView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Failure } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useRead } from '../server/use-read.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf } from '../viewer/viewer.js';
import styles from './record.module.css';
import { useMoment } from './use-moment.js';

/** Halls in which the learner may have been counted without a name. Shown only when there are any. */
export function Claims({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation();
  const { reading } = useRead<ClaimableSessions>(`/learners/${learnerId}/claimable-sessions`);
  if (reading.state !== 'ready' || reading.value.items.length === 0) return null;
  return (
    <details className={styles.refused}>
      <summary>{t('claims.title')}</summary>
      <p>{t('claims.about')}</p>
      <ul className={styles.list}>
        {reading.value.items.map((session) => (
          <li key={session.id} className={`${controls.card} ${styles.item}`}>
            <Claimable session={session} learnerId={learnerId} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Claimable({ session, learnerId }: { session: ClaimableSession; learnerId: string }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const viewer = useViewer();
  const [isClaimed, setIsClaimed] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [refused, setRefused] = useState<RefusalReason>();
  const at = moment(session.startedAt, 'short');

  const claim = async () => {
    setRefused(undefined);
    setIsSending(true);
    try {
      const question = { method: 'POST', json: { learnerId }, authorization: authorizationOf(viewer) } as const;
      await request<ClaimView>(`/tracking/sessions/${session.id}/claims`, question);
      setIsClaimed(true);
    } catch (error) {
      setRefused(reasonOf(error));
    }
    setIsSending(false);
  };

  return (
    <>
      <strong>{session.lectureTitle}</strong>
      <span>
        {session.siteName} · {at}
      </span>
      {isClaimed ? (
        <span role="status">{t('claims.waits')}</span>
      ) : (
        <div className={controls.row}>
          <button
            type="button"
            className={controls.button}
            disabled={isSending}
            aria-label={t('claims.claimOf', { title: session.lectureTitle, at })}
            onClick={() => void claim()}
          >
            {t('claims.claim')}
          </button>
        </div>
      )}
      {refused && <Failure reason={refused} />}
    </>
  );
}
