import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClaimItem, DisputeItem } from '#libs/contracts';
import { useFormat } from '../../language/use-format';

/** Whom something in the queue is about, and where it was; leads to the explanation. */
export function About({ of }: { of: DisputeItem | ClaimItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Anchor component={Link} href={`/learners/${of.learnerId}/record/${of.editionId}`} fw={600} size="sm">
        {of.learnerName}
      </Anchor>
      <Text size="xs">{of.lectureTitle}</Text>
      <Text size="xs" c="dimmed">
        {of.siteName} · {of.startedAt === null ? t('explanation.nothing') : format.moment(of.startedAt)}
      </Text>
    </>
  );
}
