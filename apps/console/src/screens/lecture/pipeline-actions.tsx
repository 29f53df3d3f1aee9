import { Button, Group, NativeSelect, Text } from '@mantine/core';
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

/** What a librarian may tell the pipeline to do with this edition, now. */
export function PipelineActions({ pipeline, lectureId }: { pipeline: PipelineView; lectureId: string }) {
  const { t } = useTranslation();
  const path = `/lectures/${lectureId}`;
  const which = `?edition=${pipeline.number}`;
  const retry = useEffectOnServer(() => server.post(`${path}/retry${which}`), stale);
  const again = useEffectOnServer(() => server.post(`${path}/re-encode`), stale);
  const change = useEffectOnServer(
    (changed: ChangePipeline) => server.patch(`${path}/pipeline${which}`, changed),
    stale,
  );
  const offers = offersOf(pipeline);
  if (!pipeline.sourceKept) {
    return (
      <Text size="sm" c="dimmed">
        {t('pipeline.originalGone')}
      </Text>
    );
  }
  return (
    <>
      <ProblemAlert error={retry.error ?? change.error} />
      <Group gap="sm" align="flex-end">
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
        {offers.turn && <Turn pipeline={pipeline} isPending={change.isPending} onChange={change.mutate} />}
      </Group>
    </>
  );
}

interface TurnProps {
  pipeline: PipelineView;
  isPending: boolean;
  onChange: (change: ChangePipeline) => void;
}

/** When it is worked on: now, later, or not at all for a while. */
function Turn({ pipeline: { paused, priority, mayHurry }, isPending, onChange }: TurnProps) {
  const { t } = useTranslation();
  const choose = (value: string) => {
    const turn = turns.find((known) => String(known.priority) === value);
    if (turn) onChange({ priority: turn.priority });
  };
  return (
    <>
      <NativeSelect
        label={t('pipeline.turn')}
        value={priority}
        disabled={isPending}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={turns
          .filter((turn) => turn.priority < 1 || mayHurry || priority > 0)
          .map((turn) => ({ value: String(turn.priority), label: t(`turns.${turn.name}`) }))}
      />
      <Button variant={paused ? 'filled' : 'default'} loading={isPending} onClick={() => onChange({ paused: !paused })}>
        {t(paused ? 'pipeline.resume' : 'pipeline.pause')}
      </Button>
    </>
  );
}
