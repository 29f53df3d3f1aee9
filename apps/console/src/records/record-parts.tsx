import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordPart, UnitBreakdown } from '#libs/contracts';
import { useFormat } from '../language/use-format';
import { DataTable } from '../layout/data-table';
import { useAudienceMinutes, useCount } from './audience';

interface Props {
  by: UnitBreakdown;
  parts: readonly RecordPart[];
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

const hrefs: Partial<Record<UnitBreakdown, string>> = { unit: '/units', site: '/sites', lecture: '/lectures' };

/** A record, taken apart. */
export function RecordParts({ by, parts, pages }: Props) {
  const { t } = useTranslation();
  const count = useCount();
  const minutes = useAudienceMinutes();
  return (
    <DataTable
      caption={t(`records.breakdowns.${by}`)}
      rows={parts}
      rowKey={({ id, under }) => `${id ?? ''} ${under ?? ''}`}
      empty={t(by === 'unit' || by === 'site' ? `records.noParts.${by}` : 'records.none')}
      pages={pages}
      columns={[
        { heading: t(`records.parts.${by}`), cell: (part) => <Name by={by} part={part} /> },
        { heading: t('records.sessions'), kind: 'number', cell: ({ sessions }) => count(sessions) },
        { heading: t('records.audience'), kind: 'number', cell: ({ audience }) => count(audience) },
        { heading: t('records.minutes'), kind: 'number', cell: ({ minutesMs }) => minutes(minutesMs) },
        { heading: t('records.credit'), kind: 'number', cell: ({ creditMs }) => minutes(creditMs) },
        { heading: t('records.completions'), kind: 'number', cell: ({ completions }) => count(completions) },
      ]}
    />
  );
}

/** What leads to a record of its own is a link to it: down to the site. Categories of tier two stand further in. */
function Name({ by, part }: { by: UnitBreakdown; part: RecordPart }) {
  const { id, under, kind } = part;
  const { t } = useTranslation();
  const shown = useShownName(by, part);
  const href = hrefs[by];
  const below = kind ? t(`unitKinds.${kind}`) : under;
  const indent = by === 'category' && under !== null ? 'md' : 0;
  return (
    <>
      {href ? (
        <Anchor component={Link} href={`${href}/${id}/record`} fw={600} size="sm">
          {shown}
        </Anchor>
      ) : (
        <Text size="sm" fw={600} pl={indent}>
          {shown}
        </Text>
      )}
      {below && (
        <Text size="xs" c="dimmed" pl={indent}>
          {below}
        </Text>
      )}
    </>
  );
}

function useShownName(by: UnitBreakdown, { id, name }: RecordPart): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (name !== null) return name;
  if (id === null) return t('records.noCategory');
  return by === 'day' ? format.day(id) : id;
}
