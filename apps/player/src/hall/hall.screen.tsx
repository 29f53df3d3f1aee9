import type { EnrolledDevice, HallView, LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { clockTime } from '../lecture/clock-time.js';
import { useRead } from '../server/use-read.js';
import { Choices } from './choices.js';
import { GoOnWithList } from './follow.js';
import { Unfinished, useKeptDraft } from './unfinished.js';

export function HallScreen({ device }: { device: EnrolledDevice }) {
  const { t } = useTranslation();
  const { draft, again } = useKeptDraft();
  // Whoever comes here may lose the link before the roll is taken.
  useRead<HallView>('/device');
  return (
    <div className={controls.stack}>
      <h1>
        {t('hall.title')} · {device.siteName}
      </h1>
      {draft?.running && <Unfinished draft={draft} running={draft.running} />}
      {draft?.followsIn && <GoOnWithList draft={draft} onLeft={again} />}
      <Link href="/hall/lists" className={`${controls.button} ${controls.narrow}`}>
        {t('hall.lists')}
      </Link>
      <h2>{t('hall.choose')}</h2>
      <p>{t('hall.chooseHint')}</p>
      <Choices<LectureView>
        path="/lectures"
        filters={{ state: 'ready' }}
        isOffered={({ watchable }) => watchable}
        hrefOf={({ id }) => `/hall/${id}`}
        hintOf={({ courseTitle, durationMs }) => `${courseTitle} · ${clockTime(durationMs ?? 0)}`}
      />
    </div>
  );
}
