import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteSessionRecord } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';

/** The latest sessions at the site, each with those who were there. */
export function SiteSessions({ sessions }: { sessions: readonly SiteSessionRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.latestSessions')}</Title>
      <DataTable
        caption={t('records.latestSessions')}
        rows={sessions}
        rowKey={({ id }) => id}
        empty={t('records.none')}
        columns={[
          {
            heading: t('lecture.title'),
            cell: ({ lectureTitle, kind, note }) => (
              <>
                <Text size="sm" fw={600}>
                  {lectureTitle}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`sessionKinds.${kind}`)}
                </Text>
                {note && (
                  <Text size="xs" style={{ whiteSpace: 'pre-line' }}>
                    {note}
                  </Text>
                )}
              </>
            ),
          },
          {
            heading: t('records.startedAt'),
            cell: ({ startedAt, datedBy }) => (
              <>
                {format.moment(startedAt)}
                {datedBy === 'receipt' && (
                  <Text size="xs" c="dimmed">
                    {t('records.redated')}
                  </Text>
                )}
              </>
            ),
          },
          { heading: t('records.played'), kind: 'number', cell: ({ playedMs }) => format.length(playedMs) },
          { heading: t('records.people'), cell: (session) => <People session={session} /> },
        ]}
      />
    </Stack>
  );
}

function People({ session: { people, headCount } }: { session: SiteSessionRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={2}>
      {people.map(({ learnerId, name, grade, minutesMs }) => (
        <Text key={learnerId} size="xs">
          {name} · {grade} · {format.minutes(minutesMs)}
        </Text>
      ))}
      {headCount > 0 && <Text size="xs">{t('records.heads', { count: headCount })}</Text>}
    </Stack>
  );
}
