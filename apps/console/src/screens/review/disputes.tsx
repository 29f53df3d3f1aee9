import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisputeItem, DisputeQuery, DisputeView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { server } from '../../server/client';
import { usePages } from '../../server/queries';
import { About, useNameOf } from './about';
import { RuleOnDispute } from './rule-on-dispute';
import { WordsButton } from './words-button';

const STATES = ['open', 'answered'] as const;

/** What learners say against their records. */
export function Disputes() {
  const { t } = useTranslation();
  const [state, setState] = useState<DisputeQuery['state']>('open');
  const disputes = usePages<DisputeItem>('/disputes', { state });
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('review.disputes')}</Title>
      <SegmentedControl
        aria-label={t('review.disputes')}
        w="fit-content"
        value={state}
        onChange={(value) => setState(STATES.find((known) => known === value) ?? 'open')}
        data={STATES.map((value) => ({ value, label: t(`disputeStates.${value}`) }))}
      />
      <Answer of={disputes}>
        {() => (
          <DataTable
            caption={t('review.disputes')}
            rows={disputes.items}
            rowKey={({ id }) => id}
            empty={t('review.noDisputes')}
            pages={disputes}
            columns={[
              { heading: t('review.learner'), cell: (dispute) => <About of={dispute} /> },
              { heading: t('review.words'), cell: (dispute) => <Words dispute={dispute} /> },
              { heading: '', kind: 'actions', cell: (dispute) => <Decisions dispute={dispute} /> },
            ]}
          />
        )}
      </Answer>
    </Stack>
  );
}

function Words({ dispute }: { dispute: DisputeItem }) {
  const { words, raisedAt, answer, ruling } = dispute;
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={4} ta="start" maw="36rem" style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm">{words}</Text>
      <Text size="xs" c="dimmed">
        {format.moment(raisedAt)}
      </Text>
      <Standing of={dispute} />
      {ruling && <Text size="xs">{t(`rulingChoices.${ruling}`)}</Text>}
      {answer && (
        <Text size="sm">
          {t('review.answered', { by: answer.by ?? '–', at: format.moment(answer.at), words: answer.words })}
        </Text>
      )}
    </Stack>
  );
}

/** What counts for the learner, for who cannot look at the record itself. */
function Standing({ of: { learnerId, kind, grade, minutesMs } }: { of: DisputeItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (learnerId !== null || kind === null) return null;
  const facts = { kind: t(`sessionKinds.${kind}`), grade: grade ?? '–', length: format.length(minutesMs) };
  return <Text size="xs">{t('review.stands', facts)}</Text>;
}

function Decisions({ dispute }: { dispute: DisputeItem }) {
  return (
    <Group gap="xs" justify="flex-end">
      <AnswerButton dispute={dispute} />
      <RuleOnDispute dispute={dispute} />
    </Group>
  );
}

function AnswerButton({ dispute }: { dispute: DisputeItem }) {
  const { id, answer: given } = dispute;
  const { t } = useTranslation();
  const name = useNameOf()(dispute);
  if (given) return null;
  return (
    <WordsButton
      label={t('review.answer')}
      describedAs={`${t('review.answer')}: ${name}`}
      title={t('review.answerTitle', { name })}
      submitLabel={t('review.answer')}
      words={{ label: t('review.answerWords'), description: t('review.answerHint'), minRows: 3 }}
      send={(words) => server.post<DisputeView>(`/disputes/${id}/answer`, { words })}
      stale={['/disputes']}
    />
  );
}
