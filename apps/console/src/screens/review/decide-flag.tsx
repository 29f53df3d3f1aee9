import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlagItem } from '#libs/contracts';
import { flagStates, type FlagState } from '#libs/domain';
import { server } from '../../server/client';
import { WordsButton } from './words-button';

/** Says what came of a flag, with a note. */
export function DecideFlag({ flag: { id, kind, siteName, state: current } }: { flag: FlagItem }) {
  const { t } = useTranslation();
  const [state, setState] = useState<FlagState>(current === 'open' ? 'fine' : current);
  return (
    <WordsButton
      label={t('flags.decide')}
      describedAs={`${t('flags.decide')}: ${t(`flagKinds.${kind}`)}, ${siteName}`}
      title={t(`flagKinds.${kind}`)}
      submitLabel={t('actions.save')}
      words={{ label: t('flags.note'), description: t('flags.noteHint'), minRows: 2 }}
      send={(note) => server.patch<FlagItem>(`/flags/${id}`, { state, note })}
      stale={['/flags']}
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
    </WordsButton>
  );
}
