import type { LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { FocusedLink } from '../layout/focused-link.js';
import { nextPath } from './follow.js';
import { nextIn } from './programme.js';
import type { RollDraft } from './roll-draft.js';

export function Done({ draft, playedMs }: { draft: RollDraft; playedMs: number }) {
  const { t } = useTranslation();
  const { running, headCount } = draft;
  const next = nextIn(draft);
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
      {next ? <Next lecture={next} /> : <Another />}
    </div>
  );
}

function Next({ lecture: { id, title } }: { lecture: LectureView }) {
  const { t } = useTranslation();
  return (
    <>
      <p id="next-title">{t('hall.nextIs', { title })}</p>
      <FocusedLink
        href={nextPath(id)}
        className={`${controls.primary} ${controls.narrow}`}
        aria-describedby="next-title"
      >
        {t('hall.next')}
      </FocusedLink>
      <Link href="/hall" className={`${controls.button} ${controls.narrow}`}>
        {t('hall.another')}
      </Link>
    </>
  );
}

function Another() {
  const { t } = useTranslation();
  return (
    <FocusedLink href="/hall" className={`${controls.primary} ${controls.narrow}`}>
      {t('hall.another')}
    </FocusedLink>
  );
}
