import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisputeItem, DisputeQuery, DisputeView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { server } from '../../server/client';
import { usePages } from '../../server/queries';
import { About } from './about';
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
              { heading: '', kind: 'actions', cell: (dispute) => <AnswerButton dispute={dispute} /> },
            ]}
          />
        )}
      </Answer>
    </Stack>
  );
}

function Words({ dispute: { words, raisedAt, answer } }: { dispute: DisputeItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={4} ta="start" maw="36rem" style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm">{words}</Text>
      <Text size="xs" c="dimmed">
        {format.moment(raisedAt)}
      </Text>
      {answer && (
        <Text size="sm">
          {t('review.answered', { by: answer.by ?? '–', at: format.moment(answer.at), words: answer.words })}
        </Text>
      )}
    </Stack>
  );
}

function AnswerButton({ dispute: { id, learnerName, answer: given } }: { dispute: DisputeItem }) {
  const { t } = useTranslation();
  if (given) return null;
  return (
    <WordsButton
      label={t('review.answer')}
      describedAs={`${t('review.answer')}: ${learnerName}`}
      title={t('review.answerTitle', { name: learnerName })}
      submitLabel={t('review.answer')}
      words={{ label: t('review.answerWords'), description: t('review.answerHint'), minRows: 3 }}
      send={(words) => server.post<DisputeView>(`/disputes/${id}/answer`, { words })}
      stale={['/disputes']}
    />
  );
}
