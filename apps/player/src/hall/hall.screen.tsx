import type { EnrolledDevice, HallView, LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { Poster } from '../layout/poster.js';
import { ReadingView } from '../layout/reading-view.js';
import { clockTime } from '../lecture/clock-time.js';
import { listPath, usePages } from '../server/use-pages.js';
import { useRead } from '../server/use-read.js';
import { GoOnWithList } from './follow.js';
import styles from './hall.module.css';
import { SearchByTitle } from './search-by-title.js';
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
      <Lectures />
    </div>
  );
}

function Lectures() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const pages = usePages<LectureView>(listPath('/lectures', { q, state: 'ready', limit: '24' }));
  return (
    <>
      <SearchByTitle />
      <ReadingView reader={pages.reader}>
        {({ items }) => {
          const lectures = [...items, ...pages.rest].filter(({ watchable }) => watchable);
          if (lectures.length === 0) return <Notice>{t('catalogue.noneFound')}</Notice>;
          return (
            <>
              <ul className={styles.grid}>
                {lectures.map((lecture) => (
                  <li key={lecture.id}>
                    <Link href={`/hall/${lecture.id}`} className={styles.choice}>
                      <Poster url={lecture.posterUrl} title={lecture.title} />
                      <strong lang={lecture.language}>{lecture.title}</strong>
                      <span className={controls.hint}>
                        {lecture.courseTitle} · {clockTime(lecture.durationMs ?? 0)}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
              <MoreButton pages={pages} />
            </>
          );
        }}
      </ReadingView>
    </>
  );
}
