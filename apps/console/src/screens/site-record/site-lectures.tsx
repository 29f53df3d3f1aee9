import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteLectureRecord } from '#libs/contracts';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { useTotalsColumns } from '../../records/totals';

export function SiteLectures({ lectures }: { lectures: readonly SiteLectureRecord[] }) {
  const { t } = useTranslation();
  const totals = useTotalsColumns(lectures);
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.lectures')}</Title>
      <DataTable
        caption={t('records.lectures')}
        rows={lectures}
        rowKey={({ editionId }) => editionId}
        empty={t('records.none')}
        columns={[
          {
            heading: t('lecture.title'),
            cell: ({ lectureId, lectureTitle, editionNumber }) => (
              <RowName href={`/lectures/${lectureId}/record`} below={t('pipeline.edition', { number: editionNumber })}>
                {lectureTitle}
              </RowName>
            ),
          },
          ...totals,
        ]}
      />
    </Stack>
  );
}
