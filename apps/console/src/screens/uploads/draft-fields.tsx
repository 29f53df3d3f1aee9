import { Button, CloseButton, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CourseView, LectureView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { FileIcon } from '../../layout/icons';
import { ProblemAlert } from '../../layout/problem-alert';
import { ServerSelect } from '../../layout/server-select';
import { fieldError } from '../../server/client';
import type { Draft } from './draft';

interface Props {
  draft: Draft;
  onChange: (fields: Partial<Draft>) => void;
  onCourse: (course: CourseView | null) => void;
  onNewCourse: () => void;
  onRemove: () => void;
}

/** The lecture of one file: a new one, or one that exists, of a course. */
export function DraftFields({ draft, onChange, onCourse, onNewCourse, onRemove }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, course, lecture, title, problem } = draft;
  return (
    <Paper withBorder component="fieldset" bg="gray.0" p="md" m={0} aria-label={file.name}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <FileIcon />
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Text>
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {format.bytes(file.size)}
            </Text>
          </Group>
          <CloseButton aria-label={t('uploads.removeFile', { name: file.name })} onClick={onRemove} />
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Stack gap={4}>
            <ServerSelect<CourseView>
              label={t('uploads.course')}
              required
              path="/courses"
              labelOf={(found) => found.title}
              value={course}
              onChange={onCourse}
            />
            <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={onNewCourse}>
              {t('uploads.newCourse')}
            </Button>
          </Stack>
          <ServerSelect<LectureView>
            label={t('uploads.lecture')}
            placeholder={t('uploads.newLecture')}
            disabled={!course}
            clearable
            path="/lectures"
            query={{ courseId: course?.id }}
            labelOf={(found) => found.title}
            value={lecture}
            onChange={(chosen) => onChange({ lecture: chosen })}
          />
        </SimpleGrid>
        {lecture ? (
          <Text size="sm" c="dimmed">
            {t('uploads.newEdition')}
          </Text>
        ) : (
          <TextInput
            label={t('uploads.newTitle')}
            required
            maxLength={300}
            value={title}
            error={fieldError(problem, 'title')}
            onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
          />
        )}
        <ProblemAlert error={problem} />
      </Stack>
    </Paper>
  );
}
