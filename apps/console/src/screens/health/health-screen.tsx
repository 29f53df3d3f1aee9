import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Health } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { Screen } from '../../layout/screen';
import { ToneBadge, type Tone } from '../../layout/tone-badge';
import { useQuery } from '@tanstack/react-query';
import { useMissing } from '../../workers/protections';
import { LearningRecordStore } from './learning-record-store';
import { readHealth } from './read-health';

const tones: Record<Health['status'], Tone> = { ok: 'moving', degraded: 'warning', down: 'bad' };

type Check = Health['checks'][string];

/** Those that have a name for a person; a newer server may know more. */
const parts = ['database', 'queue', 'storage', 'workers', 'sandbox', 'totals'] as const;

export function HealthScreen() {
  const { t } = useTranslation();
  const nameOf = (name: string) => {
    const part = parts.find((known) => known === name);
    return part ? t(`healthParts.${part}`) : name;
  };
  const detailOf = useDetail();
  const health = useQuery({ queryKey: ['/health'], queryFn: readHealth, refetchInterval: 15_000 });
  return (
    <Screen
      title={t('areas.health')}
      about={t('health.about')}
      actions={
        <Button variant="default" onClick={() => void health.refetch()} loading={health.isFetching}>
          {t('health.refresh')}
        </Button>
      }
    >
      <Answer of={health}>
        {({ status, checks }) => (
          <Stack>
            <Group gap="sm">
              {t('health.overall')}
              <Status status={status} />
            </Group>
            <DataTable
              caption={t('areas.health')}
              rows={Object.entries(checks)}
              rowKey={([name]) => name}
              empty={t('states.nothingFound')}
              columns={[
                { heading: t('health.part'), cell: ([name]) => nameOf(name) },
                { heading: t('health.status'), cell: ([, check]) => <Status status={check.status} /> },
                { heading: t('health.detail'), cell: ([name, check]) => detailOf(name, check) },
              ]}
            />
            <LearningRecordStore />
          </Stack>
        )}
      </Answer>
    </Screen>
  );
}

/** What is wrong with a part, in the reader's language. */
function useDetail() {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useMissing();
  return (name: string, { status, missing, freeBytes, damagedBlobs, disagreeing }: Check) => {
    if (missing) return sentence(missing);
    if (damagedBlobs !== undefined) return t('health.damaged', { count: damagedBlobs });
    if (disagreeing !== undefined) return t('health.disagreeing', { count: disagreeing });
    if (freeBytes !== undefined) return t('health.room', { room: format.bytes(freeBytes) });
    return name === 'workers' && status === 'degraded' ? t('health.noWorker') : '–';
  };
}

function Status({ status }: { status: Health['status'] }) {
  const { t } = useTranslation();
  return <ToneBadge tone={tones[status]} label={t(`healthStates.${status}`)} />;
}
