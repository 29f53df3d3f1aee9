import type { CourseView, LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { KeepCourse } from '../kept/keep-panel.js';
import controls from '../layout/controls.module.css';
import { MoreButton } from '../layout/more-button.js';
import { Notice } from '../layout/notice.js';
import { Poster } from '../layout/poster.js';
import { ReadingView } from '../layout/reading-view.js';
import { listPath, usePages } from '../server/use-pages.js';
import { useRead } from '../server/use-read.js';
import styles from './course.module.css';
import { LectureRow } from './lecture-row.js';
import { PickButton } from './pick-button.js';

export function CourseScreen({ id }: { id: string }) {
  const course = useRead<CourseView>(`/courses/${id}`);
  return (
    <ReadingView reader={course}>
      {(found) => (
        <div className={controls.stack}>
          <CourseHead course={found} />
          <Lectures courseId={id} />
        </div>
      )}
    </ReadingView>
  );
}

function CourseHead({ course }: { course: CourseView }) {
  const { t } = useTranslation();
  return (
    <div className={styles.head}>
      <Poster url={course.posterUrl} title={course.title} />
      <div className={styles.words}>
        <h1 lang={course.language}>{course.title}</h1>
        <p>{t('course.from', { unit: course.unitName })}</p>
        <p className={styles.description} lang={course.language}>
          {course.description}
        </p>
        <PickButton
          subject={{ courseId: course.id }}
          isPicked={course.selected}
          label={(isPicked) => (isPicked ? t('course.unpick') : t('course.pick'))}
        />
        <KeepCourse course={course} />
      </div>
    </div>
  );
}

function Lectures({ courseId }: { courseId: string }) {
  const { t } = useTranslation();
  const pages = usePages<LectureView>(listPath('/lectures', { courseId, limit: '100' }));
  return (
    <section className={controls.form}>
      <h2>{t('course.lectures')}</h2>
      <ReadingView reader={pages.reader}>
        {({ items }) => {
          const lectures = [...items, ...pages.rest];
          if (lectures.length === 0) return <Notice>{t('course.none')}</Notice>;
          return (
            <>
              <ol className={styles.list}>
                {lectures.map((lecture) => (
                  <LectureRow key={lecture.id} lecture={lecture} />
                ))}
              </ol>
              <MoreButton pages={pages} />
            </>
          );
        }}
      </ReadingView>
    </section>
  );
}
