import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteLearnerRecord } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';

export function SiteLearners({ learners }: { learners: readonly SiteLearnerRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.learners')}</Title>
      <DataTable
        caption={t('records.learners')}
        rows={learners}
        rowKey={({ learnerId }) => learnerId}
        empty={t('records.none')}
        columns={[
          {
            heading: t('roster.name'),
            cell: ({ learnerId, name, code }) => (
              <RowName href={`/learners/${learnerId}/record`} title={t('records.ofLearner', { name })} below={code}>
                {name}
              </RowName>
            ),
          },
          { heading: t('records.lecturesSeen'), kind: 'number', cell: ({ lectures }) => format.number(lectures) },
          { heading: t('records.completed'), kind: 'number', cell: ({ completed }) => format.number(completed) },
          { heading: t('records.covered'), kind: 'number', cell: ({ coveredMs }) => format.length(coveredMs) },
          { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => format.minutes(minutesMs) },
          { heading: t('records.credit'), kind: 'number', cell: ({ creditMs }) => format.minutes(creditMs) },
        ]}
      />
    </Stack>
  );
}
