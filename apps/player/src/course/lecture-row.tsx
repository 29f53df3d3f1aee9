import type { LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Poster } from '../layout/poster.js';
import { clockTime } from '../lecture/clock-time.js';
import styles from './course.module.css';
import { PickButton } from './pick-button.js';

export function LectureRow({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const { title } = lecture;
  const content = (
    <>
      <Poster url={lecture.posterUrl} title={title} />
      <span>
        <span className={styles.title} lang={lecture.language}>
          {title}
        </span>
        <span className={styles.facts}>
          {lecture.watchable ? clockTime(lecture.durationMs ?? 0) : t('course.notWatchable')}
        </span>
      </span>
    </>
  );
  return (
    <li className={styles.lecture}>
      {lecture.watchable ? (
        <Link href={`/lectures/${lecture.id}`} className={styles.open}>
          {content}
        </Link>
      ) : (
        <div className={styles.open}>{content}</div>
      )}
      <PickButton
        subject={{ lectureId: lecture.id }}
        isPicked={lecture.selected}
        label={(isPicked) => (isPicked ? t('course.unpickLecture', { title }) : t('course.pickLecture', { title }))}
        isShort
      />
    </li>
  );
}
