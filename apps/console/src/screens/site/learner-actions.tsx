import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErasurePreview, LearnerView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { address, server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { useHolds } from '../../session/session';

interface Props {
  learner: LearnerView;
  /** Of the roster. */
  path: string;
  /** What is kept about the learner, too. */
  mayRead: boolean;
}

/** What those who answer for a roster can do with one learner on it. */
export function LearnerActions({ learner: { id, name }, path, mayRead }: Props) {
  const { t } = useTranslation();
  const mayErase = useHolds('admin', 'organiser');
  const remove = useEffectOnServer(() => server.remove(`${path}/${id}`), [path]);
  const erase = useEffectOnServer(() => server.remove(`/learners/${id}`), [path]);
  return (
    <Group gap="xs" justify="flex-end">
      {mayRead && (
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
      )}
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

/** What of the record goes and stays; without numbers for those who do not read it. */
function useRecordLines({ goes: { lecturesInRecord: lectures }, stays: { sessions } }: ErasurePreview) {
  const { t } = useTranslation();
  const told = (count: number, key: 'erasure.lectures' | 'erasure.stays') => count > 0 && t(key, { count });
  return {
    going: lectures === null ? t('erasure.record') : told(lectures, 'erasure.lectures'),
    staying: sessions === null ? t('erasure.totalsStay') : told(sessions, 'erasure.stays'),
  };
}

function Preview({ preview }: { preview: ErasurePreview }) {
  const { t } = useTranslation();
  const { code, goes } = preview;
  const { going, staying } = useRecordLines(preview);
  const lines = [
    t('erasure.name', { code }),
    goes.card && t('erasure.card'),
    goes.pin && t('erasure.pin'),
    goes.account !== 'none' && t(`erasure.account.${goes.account}`),
    t('erasure.rosters', { count: goes.rosters }),
    goes.selections > 0 && t('erasure.selections', { count: goes.selections }),
    goes.signIns + goes.outboxTokens > 0 && t('erasure.signIns', { count: goes.signIns + goes.outboxTokens }),
    going,
  ].filter((line) => line !== false);
  return (
    <Stack gap="xs">
      <span>{t('erasure.goes')}</span>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {staying && <span>{staying}</span>}
      <Text size="sm" fw={600} component="span">
        {t('erasure.forGood')}
      </Text>
    </Stack>
  );
}
