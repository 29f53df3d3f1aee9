import type { CourseView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { Poster } from '../layout/poster.js';
import { ReadingView } from '../layout/reading-view.js';
import { listPath, usePages } from '../server/use-pages.js';
import styles from './hall.module.css';
import { SITE_LIST } from './read-programme.js';
import { SearchByTitle } from './search-by-title.js';

/** What can be played one lecture after another: the list of the site, and every course. */
export function ProgrammesScreen() {
  const { t } = useTranslation();
  return (
    <div className={controls.stack}>
      <Link href="/hall">{t('hall.choose')}</Link>
      <h1>{t('hall.lists')}</h1>
      <p>{t('hall.listsHint')}</p>
      <Link href={`/hall/lists/${SITE_LIST}`} className={`${styles.choice} ${controls.narrow}`}>
        <strong>{t('hall.siteList')}</strong>
        <span className={controls.hint}>{t('hall.siteListHint')}</span>
      </Link>
      <h2>{t('catalogue.title')}</h2>
      <Courses />
    </div>
  );
}

function Courses() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const q = params.get('q') ?? undefined;
  const pages = usePages<CourseView>(listPath('/courses', { q, limit: '24' }));
  return (
    <>
      <SearchByTitle />
      <ReadingView reader={pages.reader}>
        {({ items }) => {
          const courses = [...items, ...pages.rest].filter(({ lectureCount }) => lectureCount > 0);
          if (courses.length === 0) return <Notice>{t('catalogue.noneFound')}</Notice>;
          return (
            <>
              <ul className={styles.grid}>
                {courses.map((course) => (
                  <li key={course.id}>
                    <Link href={`/hall/lists/${course.id}`} className={styles.choice}>
                      <Poster url={course.posterUrl} title={course.title} />
                      <strong lang={course.language}>{course.title}</strong>
                      <span className={controls.hint}>{t('catalogue.lectures', { count: course.lectureCount })}</span>
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
