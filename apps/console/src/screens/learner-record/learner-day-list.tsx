import { Anchor, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LearnerDayItem } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { Share } from '../../records/share';

interface Props {
  learnerId: string;
  days: readonly LearnerDayItem[];
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
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
            cell: ({ day }) => (
              <Anchor component={Link} href={`/learners/${learnerId}/days/${day}`} fw={600} size="sm">
                {format.day(day)}
              </Anchor>
            ),
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
