import { List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExplainedSession, LearnerExplanation } from '#libs/contracts';
import { shownRatio } from '#libs/domain';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable, type More } from '../../layout/data-table';
import { Figure, Figures } from '../../layout/figures';
import { Screen } from '../../layout/screen';
import { GradeLegend, gradesOf } from '../../records/audience';
import { Share } from '../../records/share';
import { usePages } from '../../server/queries';
import { Details } from './details';
import { Refused } from './refused';
import { Rule } from './rule';

/** From which sessions and spans the numbers of one learner and one lecture come. */
export function ExplanationScreen({ learnerId, editionId }: { learnerId: string; editionId: string }) {
  const { t } = useTranslation();
  const path = `/learners/${learnerId}/record/${editionId}`;
  const explanation = usePages<ExplainedSession, LearnerExplanation>(path);
  return (
    <Answer of={explanation}>
      {(found) => (
        <Screen
          title={t('explanation.title', { name: found.name, title: found.lectureTitle })}
          trail={[
            { label: t('areas.courses'), href: '/courses' },
            { label: found.lectureTitle, href: `/lectures/${found.lectureId}` },
            { label: t('lecture.record'), href: `/lectures/${found.lectureId}/record` },
            { label: t('records.ofLearner', { name: found.name }), href: `/learners/${learnerId}/record` },
          ]}
        >
          <Numbers of={found} />
          <Sessions
            sessions={explanation.items}
            currentEdition={found.editionNumber}
            learnerId={learnerId}
            path={path}
            pages={explanation}
          />
          {found.refusedElsewhere.length > 0 && (
            <Stack gap="sm" component="section">
              <Title order={2}>{t('explanation.elsewhere')}</Title>
              <Refused items={found.refusedElsewhere} />
            </Stack>
          )}
          <GradeLegend freshAt={found.freshAt} />
        </Screen>
      )}
    </Answer>
  );
}

function Numbers({ of }: { of: LearnerExplanation }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Figures>
        <Figure label={t('records.coverage')} value={shownRatio(of.coveredMs, of.durationMs)} />
        <Figure label={t('records.covered')} value={format.length(of.coveredMs)} />
        <Figure label={t('records.minutes')} value={format.length(of.minutesMs)} />
        <Figure label={t('records.credit')} value={format.length(of.creditMs)} />
        <Figure label={t('records.completion')} value={t(of.complete ? 'records.complete' : 'records.incomplete')} />
        <Figure label={t('records.grade')} value={gradesOf(of.byGrade)} />
      </Figures>
      <List size="sm">
        <List.Item>
          {t('explanation.rule', {
            needed: format.length(of.neededMs),
            length: format.length(of.durationMs),
            factor: of.paceFactor,
          })}
        </List.Item>
        <List.Item>{t('explanation.credit')}</List.Item>
        <List.Item>{t('explanation.order')}</List.Item>
      </List>
    </Stack>
  );
}

interface SessionsProps {
  sessions: readonly ExplainedSession[];
  currentEdition: number;
  learnerId: string;
  path: string;
  pages: More;
}

function Sessions({ sessions, currentEdition, learnerId, path, pages }: SessionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = ({ startedAt, receivedAt }: ExplainedSession) => format.moment(startedAt ?? receivedAt);
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('records.sessions')}</Title>
      <DataTable
        caption={t('records.sessions')}
        rows={sessions}
        rowKey={({ id }) => id}
        empty={t('explanation.noSessions')}
        pages={pages}
        columns={[
          {
            heading: t('records.startedAt'),
            cell: (session) => <When session={session} currentEdition={currentEdition} />,
          },
          {
            heading: t('explanation.added'),
            kind: 'number',
            cell: ({ addedCoveredMs, coveredMs }) => <Share added={addedCoveredMs} given={coveredMs} />,
          },
          {
            heading: t('explanation.addedMinutes'),
            kind: 'number',
            cell: ({ addedMinutesMs, minutesMs }) => <Share added={addedMinutesMs} given={minutesMs} />,
          },
          { heading: t('records.grade'), cell: ({ grade }) => grade ?? '–' },
          { heading: t('explanation.details'), cell: (session) => <Details session={session} /> },
          {
            heading: '',
            kind: 'actions',
            cell: (session) => <Rule session={session} learnerId={learnerId} name={nameOf(session)} path={path} />,
          },
        ]}
      />
    </Stack>
  );
}

function useSentBy() {
  const { t } = useTranslation();
  return ({ isPaper, isByStaff, deviceName }: ExplainedSession): string => {
    if (isPaper) return t('explanation.byPaper');
    if (isByStaff) return t('explanation.byStaff');
    return deviceName === null ? t('explanation.bySignIn') : t('explanation.byDevice', { device: deviceName });
  };
}

function When({ session, currentEdition }: { session: ExplainedSession; currentEdition: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { startedAt, kind, siteName, receivedAt, datedBy, editionNumber } = session;
  const sentBy = useSentBy();
  const notes = [
    [t(`sessionKinds.${kind}`), siteName].filter(Boolean).join(' · '),
    session.foldedAt === null ? sentBy(session) : t('explanation.folded', { at: format.moment(session.foldedAt) }),
    t('explanation.received', { at: format.moment(receivedAt) }),
    datedBy === 'receipt' && t('records.redated'),
    editionNumber !== currentEdition && t('explanation.older', { number: editionNumber }),
  ].filter((note) => typeof note === 'string');
  return (
    <>
      <Text size="sm" fw={600}>
        {startedAt === null ? t('explanation.nothing') : format.moment(startedAt)}
      </Text>
      {notes.map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
    </>
  );
}
