import { Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PipelineJob, PipelineView } from '#libs/contracts';
import { useFailureSentence } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { CsvButton } from '../../records/csv-button';
import { byConcern, costOf, isBeside } from './parts';

/** The strip above shows every part; of their steps, a first few. */
const FIRST = 15;
const MORE = 50;

interface Props {
  pipeline: PipelineView;
  lectureId: string;
}

/** Each rendition and its size; those of both encodes where one is made beside the one shown. */
export function Renditions({ pipeline, lectureId }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const encodeOf = (encode: number) =>
    t(encode === pipeline.shownEncode ? 'pipeline.shownEncode' : 'pipeline.newEncode', { number: encode });
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('pipeline.renditions')}</Title>
        <CsvButton
          size="xs"
          path={`/lectures/${lectureId}/pipeline`}
          query={{ edition: pipeline.number, table: 'renditions' }}
          of={t('pipeline.renditions')}
        />
      </Group>
      <DataTable
        caption={t('pipeline.renditions')}
        rows={pipeline.renditions}
        rowKey={({ name, encode }) => `${encode} ${name}`}
        empty={t('pipeline.noRenditions')}
        columns={[
          { heading: t('pipeline.rendition'), cell: ({ name }) => name },
          ...(isBeside(pipeline)
            ? [{ heading: t('pipeline.encode'), cell: ({ encode }: { encode: number }) => encodeOf(encode) }]
            : []),
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

/** What is done for an encode, one step after another, and what each costs. */
export function Steps({ pipeline, lectureId }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(FIRST);
  const known = <T,>(value: T | null, shown: (value: T) => string) => (value === null ? '–' : shown(value));
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <div>
          <Title order={2}>{t('pipeline.jobs')}</Title>
          <Text size="sm" c="dimmed">
            {t('pipeline.cost', { cpu: format.seconds(costOf(pipeline.jobs)) })}
          </Text>
        </div>
        <CsvButton
          size="xs"
          path={`/lectures/${lectureId}/pipeline`}
          query={{ edition: pipeline.number, table: 'jobs' }}
          of={t('pipeline.jobs')}
        />
      </Group>
      <DataTable
        caption={t('pipeline.jobs')}
        rows={byConcern(pipeline.jobs).slice(0, shown)}
        rowKey={({ kind, chunkIndex }) => `${kind} ${chunkIndex}`}
        empty={t('states.nothingFound')}
        pages={{
          hasNextPage: pipeline.jobs.length > shown,
          isFetchingNextPage: false,
          fetchNextPage: () => setShown(shown + MORE),
        }}
        columns={[
          {
            heading: t('pipeline.job'),
            cell: ({ kind, chunkIndex }) => t(`jobKinds.${kind}`, { number: chunkIndex + 1 }),
          },
          { heading: t('lecture.state'), cell: (job) => <StepState job={job} /> },
          { heading: t('pipeline.attempts'), kind: 'number', cell: ({ attempts }) => format.number(attempts) },
          {
            heading: t('pipeline.speed'),
            kind: 'number',
            cell: ({ speed }) => known(speed, (times) => t('pipeline.times', { times: format.number(times, 1) })),
          },
          { heading: t('pipeline.cpu'), kind: 'number', cell: ({ cpuMs }) => known(cpuMs, format.seconds) },
          { heading: t('uploads.size'), kind: 'number', cell: ({ bytes }) => known(bytes, format.bytes) },
          { heading: t('pipeline.machine'), cell: ({ worker }) => worker?.host ?? '–' },
        ]}
      />
    </Stack>
  );
}

function StepState({ job: { state, progress, failure, nextTryAt } }: { job: PipelineJob }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useFailureSentence();
  return (
    <Stack gap={2}>
      <span>
        {state === 'running' ? `${t('jobStates.running')} ${format.percent(progress)}` : t(`jobStates.${state}`)}
      </span>
      {failure && (
        <Text size="xs" c="red.9" title={failure.detail}>
          {sentence(failure)}
        </Text>
      )}
      {nextTryAt !== null && (
        <Text size="xs" c="dimmed">
          {t('pipeline.nextTry', { moment: format.moment(nextTryAt) })}
        </Text>
      )}
    </Stack>
  );
}
