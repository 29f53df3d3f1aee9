import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordPart, SiteBreakdown } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { CsvButton } from '../../records/csv-button';
import { RecordParts } from '../../records/record-parts';
import { everyMinute, usePages } from '../../server/queries';

interface Props {
  siteId: string;
  by: SiteBreakdown;
  days: { from: string; to: string };
}

/** The record of a site, taken apart. */
export function SiteParts({ siteId, by, days }: Props) {
  const { t } = useTranslation();
  const path = `/sites/${siteId}/record/parts`;
  const query = { ...days, by };
  const parts = usePages<RecordPart>(path, query, everyMinute);
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t(`records.breakdowns.${by}`)}</Title>
        <CsvButton path={path} query={query} of={t(`records.breakdowns.${by}`)} size="xs" />
      </Group>
      {by === 'category' && (
        <Text size="sm" c="dimmed">
          {t('records.categoriesAdd')}
        </Text>
      )}
      <Answer of={parts}>{() => <RecordParts by={by} parts={parts.items} pages={parts} />}</Answer>
    </Stack>
  );
}
