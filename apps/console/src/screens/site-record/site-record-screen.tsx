import { Alert, Group, NativeSelect, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteBreakdown, SiteRecord } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend, useAudienceMinutes, useByGrade, useCount } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useDays } from '../../records/days';
import { server } from '../../server/client';
import { SiteLearners } from './site-learners';
import { SiteLectures } from './site-lectures';
import { SiteParts } from './site-parts';
import { SiteSessions } from './site-sessions';

const breakdowns: readonly SiteBreakdown[] = ['lecture', 'category', 'day'];

export function SiteRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const { days, fields } = useDays();
  const [by, setBy] = useState<SiteBreakdown>('lecture');
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
            <NativeSelect
              label={t('records.breakdown')}
              value={by}
              onChange={({ currentTarget }) => setBy(currentTarget.value as SiteBreakdown)}
              data={breakdowns.map((value) => ({ value, label: t(`records.breakdowns.${value}`) }))}
            />
            <Text size="sm" c="dimmed" pb={8}>
              {t('records.daysIn', { zone: found.timeZone })}
            </Text>
          </Group>
          <Audience record={found} />
          {!found.learners && <Alert color="gray">{t('records.countsOnly')}</Alert>}
          {by === 'lecture' ? (
            <SiteLectures lectures={found.lectures} />
          ) : (
            <SiteParts siteId={id} by={by} days={days} />
          )}
          {found.learners && <SiteLearners learners={found.learners} />}
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
      <Figure label={t('records.credit')} value={minutes(record.creditMs)} />
      <Figure label={t('records.completions')} value={count(record.completions)} />
    </Figures>
  );
}
