import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SiteSessionRecord } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { DataTable } from '../../layout/data-table';
import { address } from '../../server/client';
import { useHolds } from '../../session/session';
import { NameHead } from './name-head';

/** The latest sessions at the site, each with those who were there. */
export function SiteSessions({ siteId, sessions }: { siteId: string; sessions: readonly SiteSessionRecord[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const names = new Intl.ListFormat(i18n.language);
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
            cell: ({ id, lectureTitle, kind, isPaper, note, speakers, hasPhoto }) => (
              <>
                <Text size="sm" fw={600}>
                  {lectureTitle}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`sessionKinds.${kind}`)}
                  {isPaper && ` · ${t('records.paper')}`}
                </Text>
                {note && (
                  <Text size="xs" style={{ whiteSpace: 'pre-line' }}>
                    {note}
                  </Text>
                )}
                {speakers.length > 0 && <Text size="xs">{t('records.spoke', { names: names.format(speakers) })}</Text>}
                {hasPhoto && (
                  <Anchor size="xs" href={address(`/hall-sessions/${id}/photo`)} target="_blank">
                    {t('records.paperMinutes')}
                  </Anchor>
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
          { heading: t('records.people'), cell: (session) => <People siteId={siteId} session={session} /> },
        ]}
      />
    </Stack>
  );
}

/** Who comes within the first minutes, or goes within the last, is neither late nor early. */
const WORTH_SAYING_MS = 5 * 60_000;

function People({ siteId, session }: { siteId: string; session: SiteSessionRecord }) {
  const { t } = useTranslation();
  const { people, headCount, kind, playedMs } = session;
  const mayName = useHolds('admin', 'organiser', 'operator') && kind === 'hall' && headCount > 0 && playedMs > 0;
  const format = useFormat();
  return (
    <Stack gap={2}>
      {people.map(({ learnerId, name, grade, minutesMs, lateMs, earlyMs }) => (
        <Text key={learnerId} size="xs">
          {name} · {grade} · {format.minutes(minutesMs)}
          {lateMs >= WORTH_SAYING_MS && ` · ${t('records.late', { length: format.minutes(lateMs) })}`}
          {earlyMs >= WORTH_SAYING_MS && ` · ${t('records.early', { length: format.minutes(earlyMs) })}`}
        </Text>
      ))}
      {headCount > 0 && <Text size="xs">{t('records.heads', { count: headCount })}</Text>}
      {mayName && <NameHead siteId={siteId} session={session} />}
    </Stack>
  );
}
