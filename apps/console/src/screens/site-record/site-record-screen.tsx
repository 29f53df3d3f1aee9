import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SiteRecord } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend, useAudienceMinutes, useByGrade, useCount } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useDays } from '../../records/days';
import { server } from '../../server/client';
import { SiteLearners } from './site-learners';
import { SiteSessions } from './site-sessions';

export function SiteRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const { days, fields } = useDays();
  const path = `/sites/${id}/record`;
  const record = useQuery({
    queryKey: [path, days],
    queryFn: () => server.get<SiteRecord>(path, days),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  return (
    <Answer of={record}>
      {(found) => (
        <Screen
          title={t('records.ofSite', { name: found.siteName })}
          trail={[
            { label: t('areas.sites'), href: '/sites' },
            { label: found.siteName, href: `/sites/${id}` },
          ]}
          actions={<CsvButton path={path} query={days} />}
        >
          <Group gap="sm" align="flex-end">
            {fields}
            <Text size="sm" c="dimmed" pb={8}>
              {t('records.daysIn', { zone: found.timeZone })}
            </Text>
          </Group>
          <Audience record={found} />
          <Lectures record={found} />
          {found.learners ? (
            <SiteLearners learners={found.learners} />
          ) : (
            <Text c="dimmed">{t('records.countsOnly')}</Text>
          )}
          {found.sessions && <SiteSessions siteId={id} sessions={found.sessions} />}
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Audience({ record }: { record: SiteRecord }) {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
  const sessions = record.lectures.reduce((sum, lecture) => sum + lecture.sessions, 0);
  return (
    <Figures>
      <Figure label={t('records.sessions')} value={count(sessions)} />
      <Figure label={t('records.audience')} value={count(record.audience)} />
      <Figure label={t('records.minutes')} value={minutes(record.minutesMs)} />
      <Figure label={t('records.byGrade')} value={byGrade(record.byGrade)} />
    </Figures>
  );
}

function Lectures({ record: { lectures } }: { record: SiteRecord }) {
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
        ]}
      />
    </Stack>
  );
}
