import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LectureView, PipelineView } from '#libs/contracts';
import { isMoving, useFailureSentence } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { AlertIcon } from '../../layout/icons';
import { ProblemAlert } from '../../layout/problem-alert';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';

/** How the newest edition is made: its jobs, what they cost, what came out, why it failed. */
export function Pipeline({ lecture }: { lecture: LectureView }) {
  const pipeline = useReading<PipelineView>(`/lectures/${lecture.id}/pipeline`, {
    again: () => (isMoving(lecture) ? 2_000 : false),
  });
  return (
    <Answer of={pipeline}>
      {(found) => (
        <>
          <Source pipeline={found} lectureId={lecture.id} />
          {found.renditions.length > 0 && <Renditions pipeline={found} />}
          {found.jobs.length > 0 && <Jobs pipeline={found} />}
        </>
      )}
    </Answer>
  );
}

function Source({ pipeline, lectureId }: { pipeline: PipelineView; lectureId: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const sentence = useFailureSentence();
  const retry = useEffectOnServer(() => server.post(`/lectures/${lectureId}/retry`), ['/lectures']);
  const { failure } = pipeline;
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <div>
          <Title order={2}>{t('pipeline.edition', { number: pipeline.number })}</Title>
          <Text size="sm" c="dimmed">
            {pipeline.sourceName} · {format.bytes(pipeline.sourceBytes)}
          </Text>
        </div>
        {failure && (
          <Group gap="xs" wrap="nowrap" align="flex-start" c="red.9">
            <AlertIcon />
            <Stack gap={2}>
              <Text size="sm" fw={600}>
                {sentence(failure)}
              </Text>
              {/* The worker writes its details in English. */}
              {i18n.language === 'en' && failure.detail !== failure.title && (
                <Text size="xs" c="dimmed">
                  {failure.detail}
                </Text>
              )}
            </Stack>
          </Group>
        )}
        <ProblemAlert error={retry.error} />
        {failure && (
          <Button style={{ alignSelf: 'flex-start' }} loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t('pipeline.retry')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

function Renditions({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('pipeline.renditions')}</Title>
      <DataTable
        caption={t('pipeline.renditions')}
        rows={pipeline.renditions}
        rowKey={({ name }) => name}
        empty=""
        columns={[
          { heading: t('pipeline.rendition'), cell: ({ name }) => name },
          { heading: t('pipeline.kind'), cell: ({ kind }) => t(`renditionKinds.${kind}`) },
          {
            heading: t('pipeline.picture'),
            kind: 'number',
            cell: ({ width, height }) => (width !== null && height !== null ? `${width} × ${height}` : '–'),
          },
          { heading: t('uploads.size'), kind: 'number', cell: ({ bytes }) => format.bytes(bytes) },
        ]}
      />
    </Stack>
  );
}

function Jobs({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('pipeline.jobs')}</Title>
      <DataTable
        caption={t('pipeline.jobs')}
        rows={pipeline.jobs}
        rowKey={({ kind, chunkIndex }) => `${kind} ${chunkIndex}`}
        empty=""
        columns={[
          {
            heading: t('pipeline.job'),
            cell: ({ kind, chunkIndex }) => t(`jobKinds.${kind}`, { number: chunkIndex + 1 }),
          },
          {
            heading: t('lecture.state'),
            cell: ({ state, progress }) =>
              state === 'running' ? `${t('jobStates.running')} ${format.percent(progress)}` : t(`jobStates.${state}`),
          },
          { heading: t('pipeline.attempts'), kind: 'number', cell: ({ attempts }) => format.number(attempts) },
          {
            heading: t('pipeline.cpu'),
            kind: 'number',
            cell: ({ cpuMs }) => (cpuMs === null ? '–' : format.span(cpuMs)),
          },
        ]}
      />
    </Stack>
  );
}
