import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangePipeline, PipelineView } from '#libs/contracts';
import { ConfirmButton } from '../../layout/confirm-button';
import { ProblemAlert } from '../../layout/problem-alert';
import { server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';
import { offersOf } from './parts';

/** What is read again after each. */
const stale = ['/lectures', '/pipeline'];

const turns = [
  { priority: 1, name: 'first' },
  { priority: 0, name: 'normal' },
  { priority: -1, name: 'later' },
] as const;

interface Props {
  pipeline: PipelineView;
  lectureId: string;
}

/** What a librarian may tell the pipeline to do with this edition, now. */
export function PipelineActions({ pipeline, lectureId }: Props) {
  const { t } = useTranslation();
  const path = `/lectures/${lectureId}`;
  const retry = useEffectOnServer(() => server.post(`${path}/retry?edition=${pipeline.number}`), stale);
  const again = useEffectOnServer(() => server.post(`${path}/re-encode`), stale);
  const offers = offersOf(pipeline);
  return (
    <Stack gap="sm">
      <ProblemAlert error={retry.error} />
      {!pipeline.sourceKept && (
        <Text size="sm" c="dimmed">
          {t('pipeline.originalGone')}
        </Text>
      )}
      <Group gap="sm">
        {offers.retry && (
          <Button loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t('pipeline.retry')}
          </Button>
        )}
        {offers.reEncode && (
          <ConfirmButton
            size="sm"
            harmless
            label={t('pipeline.reEncode')}
            question={t('pipeline.reEncodeQuestion')}
            consequence={t('pipeline.reEncodeConsequence')}
            effect={() => again.mutateAsync(undefined)}
          />
        )}
      </Group>
      {offers.turn && <Turn pipeline={pipeline} lectureId={lectureId} />}
    </Stack>
  );
}

/** When it is worked on: now, later, or not at all for a while. */
function Turn({ pipeline: { number, paused, priority, mayHurry }, lectureId }: Props) {
  const { t } = useTranslation();
  const change = useEffectOnServer(
    (changed: ChangePipeline) => server.patch(`/lectures/${lectureId}/pipeline?edition=${number}`, changed),
    stale,
  );
  const choose = (value: string) => {
    const turn = turns.find((known) => String(known.priority) === value);
    if (turn) change.mutate({ priority: turn.priority });
  };
  return (
    <>
      <ProblemAlert error={change.error} />
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('pipeline.turn')}
          value={priority}
          disabled={change.isPending}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          data={turns
            .filter((turn) => turn.priority < 1 || mayHurry || priority > 0)
            .map((turn) => ({ value: String(turn.priority), label: t(`turns.${turn.name}`) }))}
        />
        <Button
          variant={paused ? 'filled' : 'default'}
          loading={change.isPending}
          onClick={() => change.mutate({ paused: !paused })}
        >
          {t(paused ? 'pipeline.resume' : 'pipeline.pause')}
        </Button>
      </Group>
    </>
  );
}
