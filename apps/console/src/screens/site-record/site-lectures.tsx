import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SiteLectureRecord } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { useAudienceMinutes, useByGrade, useCount } from '../../records/audience';

export function SiteLectures({ lectures }: { lectures: readonly SiteLectureRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
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
              <>
                <Anchor component={Link} href={`/lectures/${lectureId}/record`} fw={600} size="sm">
                  {lectureTitle}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {t('pipeline.edition', { number: editionNumber })}
                </Text>
              </>
            ),
          },
          { heading: t('records.sessions'), kind: 'number', cell: ({ sessions }) => format.number(sessions) },
          { heading: t('records.audience'), kind: 'number', cell: ({ audience }) => count(audience) },
          { heading: t('records.byGrade'), kind: 'number', cell: (lecture) => byGrade(lecture.byGrade) },
          { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => minutes(minutesMs) },
          { heading: t('records.credit'), kind: 'number', cell: ({ creditMs }) => minutes(creditMs) },
          { heading: t('records.completions'), kind: 'number', cell: ({ completions }) => count(completions) },
        ]}
      />
    </Stack>
  );
}
