import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlagItem } from '#libs/contracts';
import { flagStates, type FlagState } from '#libs/domain';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';

/** Says what came of a flag, with a note. */
export function DecideFlag({ flag: { id, kind, siteName, state: current } }: { flag: FlagItem }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [state, setState] = useState<FlagState>(current === 'open' ? 'fine' : current);
  const [note, setNote] = useState('');
  const decide = useEffectOnServer(() => server.patch<FlagItem>(`/flags/${id}`, { state, note }), ['/flags']);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        aria-label={`${t('flags.decide')}: ${t(`flagKinds.${kind}`)}, ${siteName}`}
        onClick={() => {
          decide.reset();
          setOpened(true);
        }}
      >
        {t('flags.decide')}
      </Button>
      <FormModal
        opened={opened}
        title={t(`flagKinds.${kind}`)}
        submitLabel={t('actions.save')}
        pending={decide.isPending}
        error={decide.error}
        onClose={() => setOpened(false)}
        onSubmit={() => decide.mutate(undefined, { onSuccess: () => setOpened(false) })}
      >
        <Radio.Group
          label={t('flags.decision')}
          value={state}
          onChange={(value) => setState(flagStates.find((known) => known === value) ?? 'open')}
        >
          <Stack gap="xs" mt="xs">
            {flagStates.map((choice) => (
              <Radio key={choice} value={choice} label={t(`flagStates.${choice}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('flags.note')}
          description={t('flags.noteHint')}
          required
          maxLength={1000}
          autosize
          minRows={2}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </FormModal>
    </>
  );
}
