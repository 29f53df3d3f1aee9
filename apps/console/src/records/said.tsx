import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExplainedSession } from '#libs/contracts';
import { useFormat } from '../language/use-format';

/** What people have said and ruled of one learner in a session. */
export function Said({ session: { overrides, claims, disputes } }: { session: ExplainedSession }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (overrides.length + claims.length + disputes.length === 0) return null;
  return (
    <List size="xs" maw="32rem" style={{ overflowWrap: 'anywhere' }}>
      {claims.map((claim) => (
        <List.Item key={claim.id}>
          {t(`claimStates.${claim.state}`, { by: claim.decidedBy ?? '–', at: format.moment(claim.claimedAt) })}
        </List.Item>
      ))}
      {overrides.map((override) => (
        <List.Item key={override.id}>
          <Text size="xs" td={override.stands ? undefined : 'line-through'} component="span">
            {t(`rulings.${override.kind}`, { by: override.by ?? '–', at: format.moment(override.madeAt) })}{' '}
            {t('review.because', { reason: override.reason ?? '–' })}
          </Text>{' '}
          {!override.stands && t('review.overruled')}
        </List.Item>
      ))}
      {disputes.map(({ id, words, raisedAt, answer }) => (
        <List.Item key={id}>
          {t('review.disputed', { at: format.moment(raisedAt), words })}{' '}
          {answer
            ? t('review.answered', { by: answer.by ?? '–', at: format.moment(answer.at), words: answer.words })
            : t('review.unanswered')}
        </List.Item>
      ))}
    </List>
  );
}
