import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordPart, UnitBreakdown } from '#libs/contracts';
import { useFormat } from '../language/use-format';
import { DataTable, type More } from '../layout/data-table';
import { RowName } from '../layout/row-name';
import { useTotalsColumns } from './totals';

interface Props {
  by: UnitBreakdown;
  parts: readonly RecordPart[];
  pages: More;
}

const hrefs: Partial<Record<UnitBreakdown, string>> = { unit: '/units', site: '/sites', lecture: '/lectures' };

/** A record, taken apart. */
export function RecordParts({ by, parts, pages }: Props) {
  const { t } = useTranslation();
  const totals = useTotalsColumns(parts);
  return (
    <DataTable
      caption={t(`records.breakdowns.${by}`)}
      rows={parts}
      rowKey={({ id, under }) => `${id ?? ''} ${under ?? ''}`}
      empty={t(by === 'unit' || by === 'site' ? `records.noParts.${by}` : 'records.none')}
      pages={pages}
      columns={[{ heading: t(`records.parts.${by}`), cell: (part) => <Name by={by} part={part} /> }, ...totals]}
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
  if (href)
    return (
      <RowName href={`${href}/${id}/record`} below={below}>
        {shown}
      </RowName>
    );
  return (
    <>
      <Text size="sm" fw={600} pl={indent}>
        {shown}
      </Text>
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
