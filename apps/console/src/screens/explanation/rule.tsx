import { Button, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExplainedSession, OverrideView } from '#libs/contracts';
import { overrideKinds, type OverrideKind } from '#libs/domain';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';
import { useHolds } from '../../session/session';

interface Props {
  session: ExplainedSession;
  learnerId: string;
  /** What the session is called, for a screen reader. */
  name: string;
  path: string;
}

/** What can be ruled: not again what stands, nor of a personal session that somebody was in it. */
function choicesOf({ kind, overrides, grade }: ExplainedSession): OverrideKind[] {
  const standing = overrides.find(({ stands }) => stands)?.kind ?? 'restore';
  return overrideKinds.filter(
    (choice) =>
      choice !== standing && (choice !== 'attest' || kind !== 'personal') && (choice !== 'annul' || grade !== null),
  );
}

/** An organiser rules what a session counts for the learner, and says why. */
export function Rule({ session, learnerId, name, path }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const choices = choicesOf(session);
  const [kind, setKind] = useState<OverrideKind>();
  const [reason, setReason] = useState('');
  const rule = useEffectOnServer(
    () =>
      server.post<OverrideView>(`/tracking/sessions/${session.id}/overrides`, {
        learnerId,
        kind: kind ?? choices[0],
        reason,
      }),
    [path, '/sites'],
  );
  if (!useHolds('admin', 'organiser') || choices.length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        aria-label={`${t('review.rule')}: ${name}`}
        onClick={() => {
          rule.reset();
          setOpened(true);
        }}
      >
        {t('review.rule')}
      </Button>
      <FormModal
        opened={opened}
        title={t('review.ruleTitle')}
        submitLabel={t('review.rule')}
        pending={rule.isPending}
        error={rule.error}
        onClose={() => setOpened(false)}
        onSubmit={() =>
          rule.mutate(undefined, {
            onSuccess: () => {
              setOpened(false);
              setReason('');
              setKind(undefined);
            },
          })
        }
      >
        <Radio.Group
          label={t('review.ruling')}
          value={kind ?? choices[0] ?? ''}
          onChange={(value) => setKind(overrideKinds.find((known) => known === value))}
        >
          <Stack gap="xs" mt="xs">
            {choices.map((choice) => (
              <Radio key={choice} value={choice} label={t(`rulingChoices.${choice}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('review.reason')}
          description={t('review.reasonHint')}
          required
          maxLength={1000}
          autosize
          minRows={2}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('review.ruleStays')}
        </Text>
      </FormModal>
    </>
  );
}
