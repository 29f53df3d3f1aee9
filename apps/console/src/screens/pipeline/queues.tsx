import { Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QueueDepth } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { CsvButton } from '../../records/csv-button';

/** How much of each kind of work there is, and how long the oldest has been waiting. */
export function Queues({ queues }: { queues: readonly QueueDepth[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const depth = (state: 'waiting' | 'running' | 'failed') => ({
    heading: t(`jobStates.${state}`),
    kind: 'number' as const,
    cell: (queue: QueueDepth) => format.number(queue[state]),
  });
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('house.queues')}</Title>
        <CsvButton size="xs" path="/pipeline" query={{ table: 'queues' }} of={t('house.queues')} />
      </Group>
      <DataTable
        caption={t('house.queues')}
        rows={queues}
        rowKey={({ kind }) => kind}
        empty={t('states.nothingFound')}
        columns={[
          { heading: t('pipeline.job'), cell: ({ kind }) => t(`workKinds.${kind}`) },
          depth('waiting'),
          depth('running'),
          depth('failed'),
          {
            heading: t('house.oldestWait'),
            kind: 'number',
            cell: ({ oldestWaitMs }) => (oldestWaitMs === null ? '–' : format.span(oldestWaitMs)),
          },
        ]}
      />
    </Stack>
  );
}
