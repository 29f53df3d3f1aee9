import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CourseView, CreateLecture, LectureView } from '#libs/contracts';
import { LectureForm, type LectureFacts } from '../../catalogue/lecture-form';
import { LectureState, whileMoving } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable, type Column } from '../../layout/data-table';
import { DownIcon, UpIcon } from '../../layout/icons';
import { ProblemAlert } from '../../layout/problem-alert';
import { RowName } from '../../layout/row-name';
import { Screen } from '../../layout/screen';
import { server } from '../../server/client';
import { useEffectOnServer, usePages, useReading } from '../../server/queries';
import { useHolds } from '../../session/session';
import { EditCourse } from './edit-course';

export function CourseScreen({ id }: { id: string }) {
  const course = useReading<CourseView>(`/courses/${id}`);
  return <Answer of={course}>{(found) => <Course course={found} />}</Answer>;
}

function Course({ course }: { course: CourseView }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const mayEdit = useHolds('librarian');
  const [dialogue, setDialogue] = useState<'edit' | 'add' | null>(null);
  const remove = useEffectOnServer(() => server.remove(`/courses/${course.id}`), ['/courses', '/lectures']);
  const close = () => setDialogue(null);
  return (
    <Screen
      title={course.title}
      trail={[{ label: t('areas.courses'), href: '/courses' }]}
      about={[course.unitName, t(`courseForms.${course.form}`)].join(' · ')}
      actions={
        mayEdit && (
          <>
            <Button variant="default" onClick={() => setDialogue('edit')}>
              {t('actions.edit')}
            </Button>
            <ConfirmButton
              size="sm"
              label={t('actions.delete')}
              question={t('course.deleteQuestion', { title: course.title })}
              consequence={t('course.deleteConsequence', { count: course.lectureCount })}
              effect={() => remove.mutateAsync(undefined, { onSuccess: () => go('/courses') })}
            />
            <Button onClick={() => setDialogue('add')}>{t('course.addLecture')}</Button>
          </>
        )
      }
    >
      {course.description && <Text style={{ whiteSpace: 'pre-line' }}>{course.description}</Text>}
      <Lectures courseId={course.id} mayEdit={mayEdit} />
      {dialogue === 'edit' && <EditCourse course={course} onClose={close} />}
      {dialogue === 'add' && (
        <LectureForm
          facts={noLectureFacts}
          title={t('course.addLecture')}
          submitLabel={t('actions.create')}
          onSave={(facts) => server.post('/lectures', newLecture(course.id, facts))}
          onClose={close}
        />
      )}
    </Screen>
  );
}

const noLectureFacts: LectureFacts = { title: '', description: '', categoryId: null };

const newLecture = (courseId: string, { categoryId, ...facts }: LectureFacts): CreateLecture => ({
  courseId,
  ...facts,
  ...(categoryId && { categoryId }),
});

interface Move {
  lectureId: string;
  position: number;
}

function Lectures({ courseId, mayEdit }: { courseId: string; mayEdit: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lectures = usePages<LectureView>('/lectures', { courseId, limit: 200 }, whileMoving);
  const move = useEffectOnServer(
    ({ lectureId, position }: Move) => server.patch(`/lectures/${lectureId}`, { position }),
    ['/lectures'],
  );
  const { items } = lectures;
  const columns: Column<LectureView>[] = [
    {
      heading: t('lecture.title'),
      cell: ({ id, title }) => <RowName href={`/lectures/${id}`}>{title}</RowName>,
    },
    { heading: t('lecture.state'), cell: (lecture) => <LectureState lecture={lecture} /> },
    {
      heading: t('lecture.length'),
      kind: 'number',
      cell: ({ durationMs }) => (durationMs === null ? '–' : format.length(durationMs)),
    },
  ];
  const order: Column<LectureView> = {
    heading: '',
    kind: 'actions',
    cell: (lecture) => (
      <Moves
        title={lecture.title}
        isFirst={lecture === items[0]}
        isLast={lecture === items.at(-1)}
        onMove={(by) => {
          const neighbour = items[items.indexOf(lecture) + by];
          if (neighbour) move.mutate({ lectureId: lecture.id, position: neighbour.position });
        }}
      />
    ),
  };
  return (
    <>
      <ProblemAlert error={move.error} />
      <Answer of={lectures}>
        {() => (
          <DataTable
            caption={t('course.lectures')}
            rows={items}
            rowKey={({ id }) => id}
            empty={t('course.noLectures')}
            pages={lectures}
            columns={mayEdit && items.length > 1 ? [...columns, order] : columns}
          />
        )}
      </Answer>
    </>
  );
}

interface MovesProps {
  title: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
}

function Moves({ title, isFirst, isLast, onMove }: MovesProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <ActionIcon
        variant="subtle"
        disabled={isFirst}
        onClick={() => onMove(-1)}
        aria-label={t('course.moveUp', { title })}
      >
        <UpIcon />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        disabled={isLast}
        onClick={() => onMove(1)}
        aria-label={t('course.moveDown', { title })}
      >
        <DownIcon />
      </ActionIcon>
    </Group>
  );
}
