import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LearnerRecordItem } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { usePages } from '../../server/queries';

/** What a learner has of each edition; each leads to where it comes from. */
export function LearnerLectures({ learnerId }: { learnerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `/learners/${learnerId}/record`;
  const lectures = usePages<LearnerRecordItem>(path);
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.lectures')}</Title>
      <Answer of={lectures}>
        {() => (
          <DataTable
            caption={t('records.lectures')}
            rows={lectures.items}
            rowKey={({ editionId }) => editionId}
            empty={t('records.none')}
            pages={lectures}
            columns={[
              {
                heading: t('lecture.title'),
                cell: ({ editionId, lectureTitle, editionNumber }) => (
                  <RowName href={`${path}/${editionId}`} below={t('pipeline.edition', { number: editionNumber })}>
                    {lectureTitle}
                  </RowName>
                ),
              },
              { heading: t('records.covered'), kind: 'number', cell: ({ coveredMs }) => format.length(coveredMs) },
              {
                heading: t('records.coverage'),
                kind: 'number',
                cell: ({ coveredMs, durationMs }) => shownRatio(coveredMs, durationMs),
              },
              { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => format.length(minutesMs) },
              { heading: t('records.credit'), kind: 'number', cell: ({ creditMs }) => format.length(creditMs) },
              {
                heading: t('records.completion'),
                cell: ({ complete }) => t(complete ? 'records.complete' : 'records.incomplete'),
              },
            ]}
          />
        )}
      </Answer>
    </Stack>
  );
}
