import { Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EditionUnderWay, PipelineOverview } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { RowName } from '../../layout/row-name';
import { ToneBadge } from '../../layout/tone-badge';
import { CsvButton } from '../../records/csv-button';
import { remarksOf } from './remarks';

/** Editions under way, in the order in which they are worked on. */
export function Editions({ overview: { editions, editionCount } }: { overview: PipelineOverview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('house.editions')}</Title>
        <CsvButton size="xs" path="/pipeline" query={{ table: 'editions' }} of={t('house.editions')} />
      </Group>
      <DataTable
        caption={t('house.editions')}
        rows={editions}
        rowKey={({ editionId }) => editionId}
        empty={t('house.noEditions')}
        columns={[
          {
            heading: t('house.lecture'),
            cell: ({ lectureId, lectureTitle, unitName, uploader }) => (
              <RowName
                href={`/lectures/${lectureId}`}
                below={uploader === null ? unitName : `${unitName} · ${uploader}`}
              >
                {lectureTitle}
              </RowName>
            ),
          },
          {
            heading: t('house.place'),
            kind: 'number',
            cell: ({ place }) => (place === null ? '–' : format.number(place)),
          },
          { heading: t('lecture.state'), cell: (edition) => <State edition={edition} /> },
          { heading: t('house.progress'), cell: (edition) => <Share edition={edition} /> },
          { heading: t('house.since'), cell: ({ createdAt }) => format.moment(createdAt) },
        ]}
      />
      {editionCount > editions.length && (
        <Text size="xs" c="dimmed">
          {t('house.editionsTruncated', { shown: format.number(editions.length), all: format.number(editionCount) })}
        </Text>
      )}
    </Stack>
  );
}

/** What is not as usual with an edition. */
function State({ edition }: { edition: EditionUnderWay }) {
  const { t } = useTranslation();
  const remarks = remarksOf(edition);
  if (remarks.length === 0) return '–';
  return (
    <Group gap={6}>
      {remarks.map(({ tone, key }) => (
        <ToneBadge key={key} tone={tone} label={t(key)} />
      ))}
    </Group>
  );
}

function Share({ edition: { progress, lectureTitle } }: { edition: EditionUnderWay }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress
        value={progress * 100}
        size="sm"
        w={80}
        aria-label={`${t('lecture.encodingProgress')}: ${lectureTitle}`}
      />
      <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
        {format.percent(progress)}
      </Text>
    </Group>
  );
}
