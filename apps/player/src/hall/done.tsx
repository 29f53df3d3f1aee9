import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import type { RollDraft } from './roll-draft.js';

export function Done({ draft: { running, headCount }, playedMs }: { draft: RollDraft; playedMs: number }) {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <h1>{t('hall.title')}</h1>
      <p role="status">{t('hall.done')}</p>
      <p>
        {t('hall.summary', {
          here: running?.everybody.length ?? 0,
          others: headCount,
          minutes: Math.floor(playedMs / 60_000),
        })}
      </p>
      <Link href="/hall" className={`${controls.primary} ${controls.narrow}`}>
        {t('hall.another')}
      </Link>
    </div>
  );
}
