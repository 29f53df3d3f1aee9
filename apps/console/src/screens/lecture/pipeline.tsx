import { Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LectureView, PipelineView } from '#libs/contracts';
import { isMoving, useFailureSentence } from '../../catalogue/lecture-state';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { AlertIcon } from '../../layout/icons';
import { useReading } from '../../server/queries';
import { PartStrip } from './part-strip';
import { partsOf, situationsOf } from './parts';
import { PipelineActions } from './pipeline-actions';
import { Renditions, Steps } from './pipeline-tables';

/** How an edition is made, the newest unless another is chosen: its steps, what they cost, what came out, why it failed. */
export function Pipeline({ lecture }: { lecture: LectureView }) {
  const [edition, setEdition] = useState<number>();
  const pipeline = useReading<PipelineView>(`/lectures/${lecture.id}/pipeline`, {
    query: { edition },
    again: (answer) => (answer?.state === 'encoding' || isMoving(lecture) ? 2_000 : false),
  });
  return (
    <Answer of={pipeline}>
      {(found) => {
        const parts = partsOf(found.jobs);
        return (
          <>
            <Paper withBorder p="lg">
              <Stack gap="sm">
                <Group justify="space-between" align="flex-start">
                  <Source pipeline={found} />
                  {found.editions.length > 1 && <EditionSelect pipeline={found} onChange={setEdition} />}
                </Group>
                <Failure pipeline={found} />
                <PipelineActions pipeline={found} lectureId={lecture.id} />
                {parts.length > 0 && <PartStrip parts={parts} />}
              </Stack>
            </Paper>
            {found.renditions.length > 0 && <Renditions pipeline={found} lectureId={lecture.id} />}
            {found.jobs.length > 0 && <Steps pipeline={found} lectureId={lecture.id} />}
          </>
        );
      }}
    </Answer>
  );
}

function Source({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { number, sourceName, sourceBytes } = pipeline;
  return (
    <div style={{ flex: '1 1 14rem' }}>
      <Title order={2}>{t('pipeline.edition', { number })}</Title>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {sourceName} · {format.bytes(sourceBytes)}
      </Text>
      <Situation pipeline={pipeline} />
    </div>
  );
}

interface EditionSelectProps {
  pipeline: PipelineView;
  onChange: (number: number) => void;
}

function EditionSelect({ pipeline: { number, editions }, onChange }: EditionSelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('pipeline.whichEdition')}
      value={number}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      data={editions.map((edition) => ({
        value: String(edition.number),
        label: t(edition.live ? 'pipeline.editionLive' : 'pipeline.editionState', {
          number: edition.number,
          state: t(`lectureStates.${edition.state}`),
        }),
      }))}
    />
  );
}

function Situation({ pipeline }: { pipeline: PipelineView }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {situationsOf(pipeline).map((situation) => (
        <Text key={situation} size="sm" mt="xs">
          {t(`pipeline.${situation}`, { encode: pipeline.encode })}
        </Text>
      ))}
    </div>
  );
}

function Failure({ pipeline: { failure } }: { pipeline: PipelineView }) {
  const { i18n } = useTranslation();
  const sentence = useFailureSentence();
  if (!failure) return null;
  return (
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
  );
}
