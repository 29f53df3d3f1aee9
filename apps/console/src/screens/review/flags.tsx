import { Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlagItem } from '#libs/contracts';
import { flagKinds, flagStates, type FlagKind, type FlagState } from '#libs/domain';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { usePages } from '../../server/queries';
import { Evidence } from './evidence';
import { DecideFlag } from './decide-flag';

/** What the house has found odd, and what came of it. */
export function Flags() {
  const { t } = useTranslation();
  const [state, setState] = useState<FlagState>('open');
  const [kind, setKind] = useState<FlagKind | null>(null);
  const flags = usePages<FlagItem>('/flags', { state, kind });
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('flags.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('flags.about')}
      </Text>
      <Stack gap="sm" maw="24rem">
        <Select
          label={t('flags.state')}
          allowDeselect={false}
          value={state}
          onChange={(value) => setState(flagStates.find((known) => known === value) ?? 'open')}
          data={flagStates.map((value) => ({ value, label: t(`flagStates.${value}`) }))}
        />
        <Select
          label={t('flags.kind')}
          clearable
          clearButtonProps={{ 'aria-label': t('flags.allKinds') }}
          placeholder={t('flags.allKinds')}
          value={kind}
          onChange={(value) => setKind(flagKinds.find((known) => known === value) ?? null)}
          data={flagKinds.map((value) => ({ value, label: t(`flagKinds.${value}`) }))}
        />
      </Stack>
      <Answer of={flags}>
        {() => (
          <DataTable
            caption={t('flags.title')}
            rows={flags.items}
            rowKey={({ id }) => id}
            empty={t('flags.none')}
            pages={flags}
            columns={[
              { heading: t('flags.kind'), cell: (flag) => <Subject flag={flag} /> },
              { heading: t('flags.evidence'), cell: (flag) => <Evidence flag={flag} /> },
              { heading: t('flags.decision'), cell: (flag) => <Decision flag={flag} /> },
            ]}
          />
        )}
      </Answer>
    </Stack>
  );
}

function Subject({ flag: { kind, siteName, learner, isUnnamed, deviceName, since } }: { flag: FlagItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="sm" fw={600}>
        {t(`flagKinds.${kind}`)}
      </Text>
      <Text size="xs">
        {[learner?.name ?? (isUnnamed ? t('flags.unnamed') : deviceName), siteName].filter(Boolean).join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('flags.since', { day: format.day(since) })}
      </Text>
    </>
  );
}

function Decision({ flag }: { flag: FlagItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, note, decidedBy, decidedAt } = flag;
  return (
    <Stack gap={4} ta="start" maw="20rem" style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm">{t(`flagStates.${state}`)}</Text>
      {note !== null && <Text size="sm">{note}</Text>}
      {decidedAt !== null && (
        <Text size="xs" c="dimmed">
          {decidedBy ?? '–'} · {format.moment(decidedAt)}
        </Text>
      )}
      <DecideFlag flag={flag} />
    </Stack>
  );
}
