import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClaimItem, DisputeItem } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { RowName } from '../../layout/row-name';

type Subject = Pick<DisputeItem, 'learnerName' | 'learnerLabel'>;

/** The name of whom something is about, or, for those who do not keep the roster, a label that tells cases apart. */
export function useNameOf() {
  const { t } = useTranslation();
  return ({ learnerName, learnerLabel }: Subject) => learnerName ?? t('review.unnamed', { label: learnerLabel });
}

/** Whom something in the queue is about, and where it was; leads to the explanation where there is a name. */
export function About({ of }: { of: DisputeItem | ClaimItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Learner of={of} />
      <Text size="xs">{of.lectureTitle}</Text>
      <Text size="xs" c="dimmed">
        {of.siteName} · {of.startedAt === null ? t('explanation.nothing') : format.moment(of.startedAt)}
      </Text>
    </>
  );
}

function Learner({ of }: { of: DisputeItem | ClaimItem }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (of.learnerId !== null)
    return <RowName href={`/learners/${of.learnerId}/record/${of.editionId}`}>{nameOf(of)}</RowName>;
  return (
    <>
      <Text fw={600} size="sm">
        {nameOf(of)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('review.unnamedHint')}
      </Text>
    </>
  );
}
