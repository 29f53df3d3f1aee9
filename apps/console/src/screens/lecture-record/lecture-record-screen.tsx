import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LectureLearnerRecord, LectureRecord } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable, type More } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { Screen } from '../../layout/screen';
import { GradeLegend, gradesOf } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useAudienceColumns } from '../../records/totals';
import { everyMinute, usePages } from '../../server/queries';

export function LectureRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const path = `/lectures/${id}/record`;
  const record = usePages<LectureLearnerRecord, LectureRecord>(path, {}, everyMinute);
  return (
    <Answer of={record}>
      {(found) => (
        <Screen
          title={t('records.ofLecture', { title: found.lectureTitle })}
          trail={[
            { label: t('areas.courses'), href: '/courses' },
            { label: found.lectureTitle, href: `/lectures/${id}` },
          ]}
          actions={<CsvButton path={path} />}
        >
          <Sites record={found} />
          <Learners learners={record.items} pages={record} />
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Sites({ record: { sites, sitesTruncated } }: { record: LectureRecord }) {
  const { t } = useTranslation();
  const audience = useAudienceColumns(sites);
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('areas.sites')}</Title>
      <DataTable
        caption={t('areas.sites')}
        rows={sites}
        rowKey={({ siteId }) => siteId}
        empty={t('records.none')}
        columns={[
          {
            heading: t('sites.name'),
            cell: ({ siteId, siteName }) => <RowName href={`/sites/${siteId}/record`}>{siteName}</RowName>,
          },
          ...audience,
        ]}
      />
      {sitesTruncated && (
        <Text size="xs" c="dimmed">
          {t('records.sitesTruncated')}
        </Text>
      )}
    </Stack>
  );
}

interface LearnersProps {
  learners: readonly LectureLearnerRecord[];
  pages: More;
}

function Learners({ learners, pages }: LearnersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.learners')}</Title>
      <DataTable
        caption={t('records.learners')}
        rows={learners}
        rowKey={({ learnerId, editionId, siteId }) => `${learnerId} ${editionId} ${siteId}`}
        empty={t('records.noNames')}
        pages={pages}
        columns={[
          {
            heading: t('roster.name'),
            cell: ({ name, siteName, learnerId, editionId }) => (
              <RowName
                href={`/learners/${learnerId}/record/${editionId}`}
                title={t('explanation.link', { name })}
                below={siteName}
              >
                {name}
              </RowName>
            ),
          },
          { heading: t('records.covered'), kind: 'number', cell: ({ coveredMs }) => format.length(coveredMs) },
          {
            heading: t('records.coverage'),
            kind: 'number',
            cell: ({ coveredMs, durationMs }) => shownRatio(coveredMs, durationMs),
          },
          { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => format.minutes(minutesMs) },
          { heading: t('records.credit'), kind: 'number', cell: ({ creditMs }) => format.minutes(creditMs) },
          { heading: t('records.grade'), cell: ({ byGrade }) => gradesOf(byGrade) },
          {
            heading: t('records.completion'),
            cell: ({ complete }) => t(complete ? 'records.complete' : 'records.incomplete'),
          },
          {
            heading: t('records.editionShort'),
            kind: 'number',
            cell: ({ editionNumber }) => format.number(editionNumber),
          },
        ]}
      />
    </Stack>
  );
}
