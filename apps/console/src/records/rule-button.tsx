import { Button, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MakeOverride, OverrideView } from '#libs/contracts';
import { overrideKinds, type OverrideKind } from '#libs/domain';
import { FormModal } from '../layout/form-modal';
import { server } from '../server/client';
import { useEffectOnServer } from '../server/queries';
import { useHolds } from '../session/session';

interface Props {
  sessionId: string;
  /** A learner by name, or whoever has raised a dispute. */
  of: Pick<MakeOverride, 'learnerId' | 'disputeId'>;
  choices: readonly OverrideKind[];
  /** What is ruled on, for a screen reader. */
  name: string;
  /** Lists that are another one then. */
  stale: readonly string[];
}

/** Rules what a session counts for a learner, with a reason; for those who may, where there is a choice. */
export function RuleButton({ sessionId, of, choices, name, stale }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [kind, setKind] = useState<OverrideKind>();
  const [reason, setReason] = useState('');
  const rule = useEffectOnServer(
    () =>
      server.post<OverrideView>(`/tracking/sessions/${sessionId}/overrides`, {
        ...of,
        kind: kind ?? choices[0],
        reason,
      }),
    stale,
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
