import type { CourseView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Poster } from '../layout/poster.js';
import styles from './catalogue.module.css';

export function CourseCard({ course }: { course: CourseView }) {
  const { t } = useTranslation();
  return (
    <Link href={`/courses/${course.id}`} className={styles.course}>
      <Poster url={course.posterUrl} title={course.title} />
      <span className={styles.title} lang={course.language}>
        {course.title}
      </span>
      <span className={styles.facts}>
        {t('catalogue.lectures', { count: course.lectureCount })} · {course.unitName}{' '}
        {course.selected && <span className={styles.picked}>{t('catalogue.isPicked')}</span>}
      </span>
    </Link>
  );
}
