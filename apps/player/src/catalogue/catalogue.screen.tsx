import type { CourseView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { ReadingView } from '../layout/reading-view.js';
import { listPath, usePages } from '../server/use-pages.js';
import styles from './catalogue.module.css';
import { CourseCard } from './course-card.js';
import { Filters } from './filters.js';

/** What the libraries above the viewer publish, by title, category and what is picked. */
export function CatalogueScreen() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const filters = {
    q: params.get('q') ?? undefined,
    categoryId: params.get('category') ?? undefined,
    selected: params.get('picked') ?? undefined,
  };
  const pages = usePages<CourseView>(listPath('/courses', { ...filters, limit: '24' }));
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <div className={controls.stack}>
      <h1>{t('catalogue.title')}</h1>
      <Filters />
      <ReadingView reader={pages.reader}>
        {({ items }) => {
          const courses = [...items, ...pages.rest];
          if (courses.length === 0)
            return <Notice>{isFiltered ? t('catalogue.noneFound') : t('catalogue.none')}</Notice>;
          return (
            <>
              <ul className={styles.grid}>
                {courses.map((course) => (
                  <li key={course.id}>
                    <CourseCard course={course} />
                  </li>
                ))}
              </ul>
              <MoreButton pages={pages} />
            </>
          );
        }}
      </ReadingView>
    </div>
  );
}
