import type { DisputeView } from '#libs/contracts';
import { useId, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Failure } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf } from '../viewer/viewer.js';
import styles from './record.module.css';

interface Props {
  sessionId: string;
  learnerId: string;
  onSaid: () => void;
}

/** Where a learner says that a session stands wrongly in their record. */
export function Dispute({ sessionId, learnerId, onSaid }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const viewer = useViewer();
  const [words, setWords] = useState('');
  const [isSending, setIsSending] = useState(false);
  const [refused, setRefused] = useState<RefusalReason>();

  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    setIsSending(true);
    setRefused(undefined);
    try {
      const [json, authorization] = [{ sessionId, words }, authorizationOf(viewer)];
      await request<DisputeView>(`/learners/${learnerId}/disputes`, { method: 'POST', json, authorization });
      onSaid();
    } catch (error) {
      setRefused(reasonOf(error));
    }
    setIsSending(false);
  };

  return (
    <details className={styles.refused}>
      <summary>{t('said.dispute')}</summary>
      <form className={controls.form} onSubmit={(event) => void send(event)}>
        <div className={controls.field}>
          <label htmlFor={id}>{t('said.words')}</label>
          <textarea
            id={id}
            className={controls.input}
            rows={3}
            maxLength={1000}
            required
            value={words}
            aria-describedby={`${id}hint`}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
          <span id={`${id}hint`} className={controls.hint}>
            {t('said.wordsHint')}
          </span>
        </div>
        {refused && <Failure reason={refused} />}
        <div className={controls.row}>
          <button type="submit" className={controls.primary} disabled={isSending || words.trim() === ''}>
            {t('said.send')}
          </button>
        </div>
      </form>
    </details>
  );
}
