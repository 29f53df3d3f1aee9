import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitBreakdown, UnitRecord } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend, useAudienceMinutes, useByGrade, useCount } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useDays } from '../../records/days';
import { RecordParts } from '../../records/record-parts';
import { server } from '../../server/client';
import { Retention } from './retention';

const breakdowns: readonly UnitBreakdown[] = ['unit', 'site', 'lecture', 'category', 'day'];

/** What was watched below a unit, as many tiers down as there are. */
export function UnitRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const { days, fields } = useDays();
  const [by, setBy] = useState<UnitBreakdown>('unit');
  const path = `/units/${id}/record`;
  const query = { ...days, by };
  const record = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam }) => server.get<UnitRecord>(path, { ...query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  return (
    <Answer of={{ ...record, data: record.data?.pages[0] }}>
      {(found) => (
        <Screen
          title={t('records.ofUnit', { name: found.unitName })}
          trail={[
            { label: t('areas.sites'), href: '/sites' },
            ...found.above.map((unit) => ({ label: unit.name, href: `/units/${unit.id}/record` })),
          ]}
          actions={<CsvButton path={path} query={query} />}
        >
          <Group gap="sm" align="flex-end">
            {fields}
            <NativeSelect
              label={t('records.breakdown')}
              value={by}
              onChange={({ currentTarget }) => setBy(currentTarget.value as UnitBreakdown)}
              data={breakdowns.map((value) => ({ value, label: t(`records.breakdowns.${value}`) }))}
            />
          </Group>
          <Totals record={found} />
          <Stack gap="sm" component="section">
            <Title order={2}>{t(`records.breakdowns.${by}`)}</Title>
            {by === 'category' && (
              <Text size="sm" c="dimmed">
                {t('records.categoriesAdd')}
              </Text>
            )}
            <RecordParts by={by} parts={record.data?.pages.flatMap(({ items }) => items) ?? []} pages={record} />
          </Stack>
          <Text size="xs" c="dimmed">
            {t('records.unitCounts')}
          </Text>
          <Retention unitId={id} />
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Totals({ record }: { record: UnitRecord }) {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  const byGrade = useByGrade();
  return (
    <Figures>
      <Figure label={t('records.sessions')} value={count(record.sessions)} />
      <Figure label={t('records.audience')} value={count(record.audience)} />
      <Figure label={t('records.byGrade')} value={byGrade(record.byGrade)} />
      <Figure label={t('records.minutes')} value={minutes(record.minutesMs)} />
      <Figure label={t('records.credit')} value={minutes(record.creditMs)} />
      <Figure label={t('records.completions')} value={count(record.completions)} />
    </Figures>
  );
}
