import { Anchor, Button, Group, Image, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ChangeLecture, LectureView } from '#libs/contracts';
import { LectureForm } from '../../catalogue/lecture-form';
import { LectureState, whileMoving } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { Screen } from '../../layout/screen';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { useHolds } from '../../session/session';
import { Captions } from './captions';
import { Pipeline } from './pipeline';

export function LectureScreen({ id }: { id: string }) {
  const lecture = useReading<LectureView>(`/lectures/${id}`, {
    again: (answer) => (answer ? whileMoving([answer]) : false),
  });
  return <Answer of={lecture}>{(found) => <Lecture lecture={found} />}</Answer>;
}

function Lecture({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const isLibrarian = useHolds('librarian');
  const [editing, setEditing] = useState(false);
  const remove = useEffectOnServer(() => server.remove(`/lectures/${lecture.id}`), ['/lectures', '/courses']);
  const parent = `/courses/${lecture.courseId}`;
  return (
    <Screen
      title={lecture.title}
      trail={[
        { label: t('areas.courses'), href: '/courses' },
        { label: lecture.courseTitle, href: parent },
      ]}
      actions={
        isLibrarian && (
          <>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('actions.edit')}
            </Button>
            <ConfirmButton
              size="sm"
              label={t('actions.delete')}
              question={t('lecture.deleteQuestion', { title: lecture.title })}
              consequence={t('lecture.deleteConsequence')}
              effect={() => remove.mutateAsync(undefined, { onSuccess: () => go(parent) })}
            />
          </>
        )
      }
    >
      {lecture.description && <Text style={{ whiteSpace: 'pre-line' }}>{lecture.description}</Text>}
      <Overview lecture={lecture} />
      {isLibrarian && <Workshop lecture={lecture} />}
      {editing && (
        <LectureForm
          facts={{ title: lecture.title, description: lecture.description, categoryId: lecture.categoryId }}
          title={t('lecture.edit')}
          submitLabel={t('actions.save')}
          onSave={(facts) => server.patch(`/lectures/${lecture.id}`, facts satisfies ChangeLecture)}
          onClose={() => setEditing(false)}
        />
      )}
    </Screen>
  );
}

/** What only those see who make the lecture. */
function Workshop({ lecture }: { lecture: LectureView }) {
  const hasEdition = lecture.state !== 'empty' && lecture.state !== 'uploading';
  return (
    <>
      {hasEdition && <Pipeline lecture={lecture} />}
      {lecture.watchable && <Captions lectureId={lecture.id} />}
    </>
  );
}

function Overview({ lecture }: { lecture: LectureView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isLibrarian = useHolds('librarian');
  return (
    <Paper withBorder p="lg">
      <Group align="flex-start" gap="lg">
        {lecture.posterUrl && (
          <Image src={lecture.posterUrl} alt="" w={240} h={135} fit="cover" radius="sm" bg="gray.2" />
        )}
        <Stack gap="sm" style={{ flex: '1 1 16rem' }}>
          {/* The pipeline below tells a librarian why it failed. */}
          <LectureState lecture={isLibrarian ? { ...lecture, failure: undefined } : lecture} />
          {lecture.durationMs !== null && (
            <Text size="sm">{t('lecture.lengthIs', { length: format.length(lecture.durationMs) })}</Text>
          )}
          {lecture.state === 'empty' && (
            <Text size="sm" c="dimmed">
              {t('lecture.nothingYet')}{' '}
              {isLibrarian && (
                <Anchor component={Link} href="/uploads" underline="always">
                  {t('lecture.upload')}
                </Anchor>
              )}
            </Text>
          )}
          <Group gap="sm">
            {lecture.watchable && (
              <Button component="a" href={`/lectures/${lecture.id}`} target="_blank" rel="noopener">
                {t('lecture.watch')}
              </Button>
            )}
            <Button component={Link} href={`/lectures/${lecture.id}/record`} variant="default">
              {t('lecture.record')}
            </Button>
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
