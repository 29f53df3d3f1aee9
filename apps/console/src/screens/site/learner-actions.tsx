import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErasurePreview, LearnerView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { address, server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { useHolds } from '../../session/session';

/** What those who answer for a roster can do with one learner on it. `path` is the roster's. */
export function LearnerActions({ learner: { id, name }, path }: { learner: LearnerView; path: string }) {
  const { t } = useTranslation();
  const mayErase = useHolds('admin', 'organiser');
  const remove = useEffectOnServer(() => server.remove(`${path}/${id}`), [path]);
  const erase = useEffectOnServer(() => server.remove(`/learners/${id}`), [path]);
  return (
    <Group gap="xs" justify="flex-end">
      <Button
        component="a"
        variant="default"
        size="xs"
        href={address(`/learners/${id}/export`)}
        download
        aria-label={`${t('roster.export')}: ${name}`}
      >
        {t('roster.export')}
      </Button>
      <ConfirmButton
        label={t('roster.remove')}
        describedAs={`${t('roster.remove')}: ${name}`}
        question={t('roster.removeQuestion', { name })}
        consequence={t('roster.removeConsequence')}
        effect={() => remove.mutateAsync(undefined)}
      />
      {mayErase && (
        <ConfirmButton
          label={t('roster.erase')}
          describedAs={`${t('roster.erase')}: ${name}`}
          question={t('roster.eraseQuestion', { name })}
          consequence={<Consequence learnerId={id} />}
          effect={() => erase.mutateAsync(undefined)}
        />
      )}
    </Group>
  );
}

/** What an erasure would take away, and what would stay. Read anew each time that somebody is about to. */
function Consequence({ learnerId }: { learnerId: string }) {
  const preview = useReading<ErasurePreview>(`/learners/${learnerId}/erasure`);
  return <Answer of={preview}>{(found) => <Preview preview={found} />}</Answer>;
}

function Preview({ preview: { code, goes, stays } }: { preview: ErasurePreview }) {
  const { t } = useTranslation();
  const lines = [
    t('erasure.name', { code }),
    goes.card && t('erasure.card'),
    goes.pin && t('erasure.pin'),
    goes.account !== 'none' && t(`erasure.account.${goes.account}`),
    t('erasure.rosters', { count: goes.rosters }),
    goes.selections > 0 && t('erasure.selections', { count: goes.selections }),
    goes.signIns + goes.outboxTokens > 0 && t('erasure.signIns', { count: goes.signIns + goes.outboxTokens }),
    goes.lecturesInRecord > 0 && t('erasure.lectures', { count: goes.lecturesInRecord }),
  ].filter((line) => line !== false);
  return (
    <Stack gap="xs">
      <span>{t('erasure.goes')}</span>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {stays.sessions > 0 && <span>{t('erasure.stays', { count: stays.sessions })}</span>}
      <Text size="sm" fw={600} component="span">
        {t('erasure.forGood')}
      </Text>
    </Stack>
  );
}
