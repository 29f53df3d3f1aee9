import { Alert, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteBreakdown, SiteRecord } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Screen } from '../../layout/screen';
import { GradeLegend } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useDays } from '../../records/days';
import { Totals } from '../../records/totals';
import { everyMinute, useReading } from '../../server/queries';
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
  const record = useReading<SiteRecord>(path, { query: days, again: everyMinute });
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
          <Totals of={{ ...found, sessions: countSessions(found) }} />
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

const countSessions = ({ lectures }: SiteRecord) => lectures.reduce((sum, { sessions }) => sum + sessions, 0);
