import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WorkerView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { ToneBadge } from '../../layout/tone-badge';
import { CsvButton } from '../../records/csv-button';
import { useMissing } from '../../workers/protections';
import { attendanceOf } from './attendance';

/** Who works, where, on what, and what protects that machine from the files. */
export function Workers({ workers }: { workers: readonly WorkerView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = useMissing();
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('house.workers')}</Title>
        <CsvButton size="xs" path="/pipeline" query={{ table: 'workers' }} of={t('house.workers')} />
      </Group>
      <DataTable
        caption={t('house.workers')}
        rows={workers}
        rowKey={({ id }) => id}
        empty={t('health.noWorker')}
        columns={[
          {
            heading: t('pipeline.machine'),
            cell: ({ id, host, cores }) => (
              <>
                <Text size="sm" fw={600}>
                  {host ?? '–'}
                  {cores !== null && ` · ${t('house.cores', { count: cores })}`}
                </Text>
                <Text size="xs" c="dimmed">
                  {id}
                </Text>
              </>
            ),
          },
          { heading: t('lecture.state'), cell: (worker) => <Attendance worker={worker} /> },
          { heading: t('house.doing'), cell: (worker) => <Doing worker={worker} /> },
          { heading: t('house.startedAt'), cell: ({ startedAt }) => format.moment(startedAt) },
          {
            heading: t('house.protection'),
            cell: ({ missingProtections }) =>
              missingProtections.length === 0 ? t('house.complete') : missing(missingProtections),
          },
        ]}
      />
    </Stack>
  );
}

function Attendance({ worker: { beatAgeMs, jobs } }: { worker: WorkerView }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (attendanceOf({ beatAgeMs, jobs })) {
    case 'silent':
      return (
        <Stack gap={2}>
          <ToneBadge tone="bad" label={t('house.silent')} />
          <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
            {t('house.silentFor', { since: format.span(beatAgeMs) })}
          </Text>
        </Stack>
      );
    case 'busy':
      return <ToneBadge tone="moving" label={t('house.busy')} />;
    case 'idle':
      return <ToneBadge tone="quiet" label={t('house.idle')} />;
  }
}

function Doing({ worker: { jobs } }: { worker: WorkerView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (jobs.length === 0) return '–';
  return (
    <Stack gap={4}>
      {jobs.map(({ lectureId, lectureTitle, kind, chunkIndex, progress, runMs }) => (
        <div key={`${lectureId} ${kind} ${chunkIndex}`}>
          <Anchor component={Link} href={`/lectures/${lectureId}`} size="sm">
            {lectureTitle}
          </Anchor>
          <Text size="xs" c="dimmed">
            {t(`jobKinds.${kind}`, { number: chunkIndex + 1 })} · {format.percent(progress)} · {format.span(runMs)}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
