import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseView, LectureView } from '#libs/contracts';
import { NewCourse } from '../../catalogue/new-course';
import { server, ServerProblem } from '../../server/client';
import type { Draft } from './draft';
import { DraftFields } from './draft-fields';
import { useDesk } from './uploads-provider';

interface Props {
  drafts: readonly Draft[];
  onChange: (change: (drafts: readonly Draft[]) => readonly Draft[]) => void;
}

const createLecture = (draft: Draft) =>
  server.post<LectureView>('/lectures', { courseId: draft.course?.id, title: draft.title });

/** Asks for the lecture of each file, then hands all of them to the desk. */
export function Drafts({ drafts, onChange }: Props) {
  const { t } = useTranslation();
  const desk = useDesk();
  const client = useQueryClient();
  const [starting, setStarting] = useState(false);
  const [newCourseFor, setNewCourseFor] = useState<string | null>(null);

  const change = (key: string, fields: Partial<Draft>) =>
    onChange((all) => all.map((draft) => (draft.key === key ? { ...draft, ...fields } : draft)));
  const remove = (key: string) => onChange((all) => all.filter((draft) => draft.key !== key));
  /** Files chosen together mostly belong together: the first choice of a course holds for all that have none. */
  const chooseCourse = (key: string, course: CourseView | null) =>
    onChange((all) =>
      all.map((draft) => (draft.key === key || !draft.course ? { ...draft, course, lecture: null } : draft)),
    );

  const start = async (draft: Draft) => {
    try {
      const lecture = draft.lecture ?? (await createLecture(draft));
      desk.add(draft.file, lecture, null);
      remove(draft.key);
    } catch (error) {
      change(draft.key, { problem: error instanceof ServerProblem ? error : new ServerProblem('internal') });
    }
  };
  const startAll = async () => {
    setStarting(true);
    for (const draft of drafts) await start(draft);
    setStarting(false);
    void client.invalidateQueries();
  };

  return (
    <Paper
      withBorder
      p="lg"
      component="form"
      aria-labelledby="drafts"
      onSubmit={(event) => {
        event.preventDefault();
        void startAll();
      }}
    >
      <Stack>
        <div>
          <Title order={2} id="drafts">
            {t('uploads.assign')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('uploads.assignHint')}
          </Text>
        </div>
        {drafts.map((draft) => (
          <DraftFields
            key={draft.key}
            draft={draft}
            onChange={(fields) => change(draft.key, { ...fields, problem: null })}
            onCourse={(course) => chooseCourse(draft.key, course)}
            onNewCourse={() => setNewCourseFor(draft.key)}
            onRemove={() => remove(draft.key)}
          />
        ))}
        <Group justify="flex-end">
          <Button type="submit" loading={starting}>
            {t('uploads.start', { count: drafts.length })}
          </Button>
        </Group>
      </Stack>
      {newCourseFor !== null && (
        <NewCourse onClose={() => setNewCourseFor(null)} onSaved={(course) => chooseCourse(newCourseFor, course)} />
      )}
    </Paper>
  );
}
