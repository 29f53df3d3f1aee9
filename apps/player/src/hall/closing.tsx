import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import type { PlaySession } from '../recording/play-session.js';

interface Props {
  onFinish: (note: string) => Promise<void>;
  onGoOn: () => void;
}

/** The lecture is over: what was discussed? */
export function Closing({ onFinish, onGoOn }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  return (
    <form
      className={controls.form}
      onSubmit={(event) => {
        event.preventDefault();
        void onFinish(note.trim());
      }}
    >
      <div className={controls.field}>
        <label htmlFor="note">{t('hall.note')}</label>
        <textarea
          id="note"
          className={controls.input}
          rows={6}
          maxLength={10_000}
          value={note}
          aria-describedby="note-hint"
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <span id="note-hint" className={controls.hint}>
          {t('hall.noteHint')}
        </span>
      </div>
      <button type="submit" className={controls.primary}>
        {t('hall.finish')}
      </button>
      <button type="button" className={controls.button} onClick={onGoOn}>
        {t('hall.goOn')}
      </button>
    </form>
  );
}

export function Done({ session, headCount }: { session: PlaySession | undefined; headCount: number }) {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <h1>{t('hall.title')}</h1>
      <p role="status">{t('hall.done')}</p>
      <p>
        {t('hall.summary', {
          here: session?.roll.everybody.size ?? 0,
          others: headCount,
          minutes: Math.floor((session?.playedMs ?? 0) / 60_000),
        })}
      </p>
      <Link href="/hall" className={`${controls.primary} ${controls.narrow}`}>
        {t('hall.another')}
      </Link>
    </div>
  );
}
