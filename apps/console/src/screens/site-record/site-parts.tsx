import { Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SiteBreakdown, SiteParts as Parts } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { CsvButton } from '../../records/csv-button';
import { RecordParts } from '../../records/record-parts';
import { server } from '../../server/client';

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
  const parts = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam }) => server.get<Parts>(path, { ...query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
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
      <Answer of={{ ...parts, data: parts.data?.pages[0] }}>
        {() => <RecordParts by={by} parts={parts.data?.pages.flatMap(({ items }) => items) ?? []} pages={parts} />}
      </Answer>
    </Stack>
  );
}
