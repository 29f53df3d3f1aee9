import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LearnerDayItem } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable, type More } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { Share } from '../../records/share';

interface Props {
  learnerId: string;
  days: readonly LearnerDayItem[];
  pages: More;
}

/** The days from which the minutes of a learner come. */
export function LearnerDayList({ learnerId, days, pages }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.breakdowns.day')}</Title>
      <DataTable
        caption={t('records.breakdowns.day')}
        rows={days}
        rowKey={({ day }) => day}
        empty={t('records.none')}
        pages={pages}
        columns={[
          {
            heading: t('records.parts.day'),
            cell: ({ day }) => <RowName href={`/learners/${learnerId}/days/${day}`}>{format.day(day)}</RowName>,
          },
          { heading: t('records.sessions'), kind: 'number', cell: ({ sessions }) => format.number(sessions) },
          {
            heading: t('explanation.addedMinutes'),
            kind: 'number',
            cell: ({ addedMinutesMs, minutesMs }) => <Share added={addedMinutesMs} given={minutesMs} />,
          },
        ]}
      />
    </Stack>
  );
}
