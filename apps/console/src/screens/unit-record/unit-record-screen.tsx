import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordPart, UnitBreakdown, UnitRecord } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { Screen } from '../../layout/screen';
import { GradeLegend } from '../../records/audience';
import { CsvButton } from '../../records/csv-button';
import { useDays } from '../../records/days';
import { RecordParts } from '../../records/record-parts';
import { Totals } from '../../records/totals';
import { everyMinute, usePages } from '../../server/queries';
import { Retention } from './retention';

const breakdowns: readonly UnitBreakdown[] = ['unit', 'site', 'lecture', 'category', 'day'];

/** What was watched below a unit, as many tiers down as there are. */
export function UnitRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const { days, fields } = useDays();
  const [by, setBy] = useState<UnitBreakdown>('unit');
  const path = `/units/${id}/record`;
  const query = { ...days, by };
  const record = usePages<RecordPart, UnitRecord>(path, query, everyMinute);
  return (
    <Answer of={record}>
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
          <Totals of={found} />
          <Stack gap="sm" component="section">
            <Title order={2}>{t(`records.breakdowns.${by}`)}</Title>
            {by === 'category' && (
              <Text size="sm" c="dimmed">
                {t('records.categoriesAdd')}
              </Text>
            )}
            <RecordParts by={by} parts={record.items} pages={record} />
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
