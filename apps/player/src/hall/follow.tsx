import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { FocusedLink } from '../layout/focused-link.js';
import { Notice } from '../layout/notice.js';
import { useServices } from '../services.js';
import styles from './hall.module.css';
import type { RollDraft } from './roll-draft.js';

/** Opens the next lecture at once, for those who are here: not by a link that somebody may come back to days later. */
export const AT_ONCE = 'with-the-same-people';
export const nextPath = (lectureId: string): string => `/hall/${lectureId}?${AT_ONCE}`;

interface BetweenProps {
  draft: RollDraft;
  title: string;
  language: string;
  onSame: () => void;
  onAnew: () => void;
}

/** Between two lectures of a list, after a pause or a power cut: are they still the same people? */
export function Between({ draft: { present, headCount, programme }, title, language, onSame, onAnew }: BetweenProps) {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <Link href="/hall">{t('hall.choose')}</Link>
      <h1 lang={language}>{title}</h1>
      <Notice>
        <span>{t('hall.listGoesOn', { list: programme?.title })}</span>
        <span>{t('hall.wereHere', { count: present.length, others: headCount })}</span>
      </Notice>
      <div className={styles.deeds}>
        <button type="button" className={controls.primary} autoFocus onClick={onSame}>
          {t('hall.startSame')}
        </button>
        <button type="button" className={controls.button} onClick={onAnew}>
          {t('hall.anew')}
        </button>
      </div>
    </div>
  );
}

/** The way back to a list of which a lecture is closed and the next not begun. */
export function GoOnWithList({ draft, onLeft }: { draft: RollDraft; onLeft: () => void }) {
  const { t } = useTranslation();
  const { db } = useServices();
  const leave = async () => {
    await db.delete('things', 'roll');
    onLeft();
  };
  return (
    <Notice>
      <span>{t('hall.listGoesOnLater', { list: draft.programme?.title })}</span>
      <FocusedLink href={`/hall/${draft.lectureId}`} className={controls.primary}>
        {t('hall.toNext')}
      </FocusedLink>
      <button type="button" className={controls.button} onClick={() => void leave()}>
        {t('hall.leaveList')}
      </button>
    </Notice>
  );
}
