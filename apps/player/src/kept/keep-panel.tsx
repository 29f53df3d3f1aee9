import type { CourseView, LectureSizesList, LectureView } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ReadingView } from '../layout/reading-view.js';
import controls from '../layout/controls.module.css';
import { request } from '../server/request.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useRead } from '../server/use-read.js';
import { Failure } from '../layout/notice.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf } from '../viewer/viewer.js';
import type { KeepQuality } from './keep-quality.js';
import { Disclosure, QualityChoice } from './quality-choice.js';
import { askToStay, canKeep } from './room.js';
import { StateWords } from './state-words.js';
import { useKept } from './use-kept.js';
import { useState } from 'react';

/** Keeps one lecture on this device, or says how far it is. */
export function KeepLecture({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const { kept: library } = useServices();
  const viewer = useViewer();
  const { lectures } = useKept();
  const [refused, setRefused] = useState<RefusalReason>();
  if (!canKeep()) return null;
  const kept = lectures.find(({ lectureId }) => lectureId === lecture.id);
  if (kept)
    return (
      <p className={controls.row}>
        <StateWords kept={kept} />
        <Link href="/kept">{t('keep.title')}</Link>
      </p>
    );
  const keep = async (quality: KeepQuality) => {
    setRefused(undefined);
    try {
      await askToStay();
      const path = `/courses/${lecture.courseId}`;
      const course = await request<CourseView>(path, { authorization: authorizationOf(viewer) });
      await library.keep({ lecture, course, quality });
    } catch (error) {
      setRefused(reasonOf(error));
    }
  };
  return (
    <>
      <Disclosure label={t('keep.lecture')}>
        {() => <Choice courseId={lecture.courseId} lectureId={lecture.id} onChoose={(quality) => void keep(quality)} />}
      </Disclosure>
      {refused && <Failure reason={refused} />}
    </>
  );
}

/** Keeps all lectures of a course on this device, those that are still to come among them. */
export function KeepCourse({ course }: { course: CourseView }) {
  const { t } = useTranslation();
  const { kept: library } = useServices();
  const { orders } = useKept();
  if (!canKeep()) return null;
  const key = `course:${course.id}`;
  if (orders.some((order) => order.key === key))
    return (
      <p className={controls.row}>
        <span>{t('keep.courseOrdered')}</span>
        <Link href="/kept">{t('keep.title')}</Link>
      </p>
    );
  const order = async (quality: KeepQuality) => {
    await askToStay();
    await library.order({ key, courseId: course.id, title: course.title, quality });
  };
  return (
    <Disclosure label={t('keep.course')}>
      {() => <Choice courseId={course.id} onChoose={(quality) => void order(quality)} />}
    </Disclosure>
  );
}

interface ChoiceProps {
  courseId: string;
  lectureId?: string;
  onChoose: (quality: KeepQuality) => void;
}

function Choice({ courseId, lectureId, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const sizes = useRead<LectureSizesList>(`/courses/${courseId}/sizes`);
  return (
    <ReadingView reader={sizes}>
      {({ items }) => {
        const own = items.filter((each) => lectureId === undefined || each.lectureId === lectureId);
        return own.length === 0 ? <p>{t('keep.notYet')}</p> : <QualityChoice sizes={own} onChoose={onChoose} />;
      }}
    </ReadingView>
  );
}
