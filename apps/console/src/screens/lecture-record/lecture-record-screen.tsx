import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LectureLearnerRecord, LectureRecord } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { Screen } from '../../layout/screen';
import { GradeLegend, gradesOf, useAudienceMinutes, useByGrade, useCount } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { server } from '../../server/client';

export function LectureRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const path = `/lectures/${id}/record`;
  const record = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam }) => server.get<LectureRecord>(path, { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
  return (
    <Answer of={{ ...record, data: record.data?.pages[0] }}>
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
          <Learners learners={record.data?.pages.flatMap(({ items }) => items) ?? []} pages={record} />
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Sites({ record: { sites, sitesTruncated } }: { record: LectureRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
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
            cell: ({ siteId, siteName }) => (
              <Anchor component={Link} href={`/sites/${siteId}/record`} fw={600} size="sm">
                {siteName}
              </Anchor>
            ),
          },
          { heading: t('records.sessions'), kind: 'number', cell: ({ sessions }) => format.number(sessions) },
          { heading: t('records.audience'), kind: 'number', cell: ({ audience }) => count(audience) },
          { heading: t('records.byGrade'), kind: 'number', cell: (site) => byGrade(site.byGrade) },
          { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => minutes(minutesMs) },
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
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
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
              <>
                <Anchor
                  component={Link}
                  href={`/learners/${learnerId}/record/${editionId}`}
                  fw={600}
                  size="sm"
                  title={t('explanation.link', { name })}
                >
                  {name}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {siteName}
                </Text>
              </>
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
