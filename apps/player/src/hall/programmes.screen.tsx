import type { CourseView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import controls from '../layout/controls.module.css';
import { Choices } from './choices.js';
import styles from './hall.module.css';
import { SITE_LIST } from './read-programme.js';

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
      <Choices<CourseView>
        path="/courses"
        isOffered={({ lectureCount }) => lectureCount > 0}
        hrefOf={({ id }) => `/hall/lists/${id}`}
        hintOf={({ lectureCount }) => t('catalogue.lectures', { count: lectureCount })}
      />
    </div>
  );
}
