import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { FocusedLink } from '../layout/focused-link.js';
import { Notice } from '../layout/notice.js';
import { useServices } from '../services.js';
import { recall } from '../store/player-database.js';
import type { RollDraft, Running } from './roll-draft.js';

interface Kept {
  readonly isRead: boolean;
  readonly draft: RollDraft | undefined;
  readonly again: () => void;
}

/** The hall that was last begun on this device and not closed. */
export function useKeptDraft(): Kept {
  const { db } = useServices();
  const [kept, setKept] = useState<Omit<Kept, 'again'>>({ isRead: false, draft: undefined });
  const again = useCallback(() => void recall(db, 'roll').then((draft) => setKept({ isRead: true, draft })), [db]);
  useEffect(again, [again]);
  return { ...kept, again };
}

/** The way back to a session that was cut off. */
export function Unfinished({ draft, running }: { draft: RollDraft; running: Running }) {
  const { t } = useTranslation();
  return (
    <Notice>
      <span>{t('hall.notClosed', { title: running.title })}</span>
      <FocusedLink href={`/hall/${draft.lectureId}`} className={controls.primary}>
        {t('hall.openAgain')}
      </FocusedLink>
    </Notice>
  );
}
