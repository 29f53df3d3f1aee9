import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceView, HeldBatchView, HeldDecided } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { server } from '../../server/client';
import { useEffectOnServer, usePages } from '../../server/queries';

/** What `chosen` means: these, or all others, also of those that are not shown yet. */
type Which = 'only' | 'except';

/** The batches of a device that are held aside, one by one. `path` is the list of devices. */
export function HeldBatches({ device, path }: { device: DeviceView; path: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = t('devices.lookAtEach');
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${label}: ${device.name}`} onClick={() => setOpened(true)}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="xl"
        title={t('devices.heldOf', { name: device.name })}
        closeButtonProps={{ 'aria-label': t('actions.close') }}
      >
        {opened && <Choice device={device} path={path} />}
      </Modal>
    </>
  );
}

function Choice({ device, path }: { device: DeviceView; path: string }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('only');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const held = usePages<HeldBatchView>(`/devices/${device.id}/held`);
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => (isChosen ? [...before, id] : before.filter((other) => other !== id)));
  return (
    <Stack>
      <Text size="sm">{t('devices.heldAbout')}</Text>
      <Answer of={held}>{() => <Batches held={held} chosen={chosen} choose={choose} />}</Answer>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('devices.which')}
          value={which}
          onChange={(value) => setWhich(value === 'except' ? 'except' : 'only')}
          data={(['only', 'except'] as const).map((value) => ({ value, label: t(`devices.which_${value}`) }))}
        />
        <Group gap="xs">
          {(['release', 'discard'] as const).map((decision) => (
            <DecideChosen
              key={decision}
              decision={decision}
              device={device}
              path={path}
              meant={{ [which]: chosen }}
              count={which === 'only' ? chosen.length : device.heldBatches - chosen.length}
              disabled={chosen.length === 0}
              onDone={() => setChosen([])}
            />
          ))}
        </Group>
      </Group>
    </Stack>
  );
}

interface BatchesProps {
  held: ReturnType<typeof usePages<HeldBatchView>>;
  chosen: readonly string[];
  choose: (id: string, isChosen: boolean) => void;
}

function Batches({ held, chosen, choose }: BatchesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <DataTable
      caption={t('devices.heldCaption')}
      rows={held.items}
      rowKey={({ id }) => id}
      empty={t('devices.noneHeld')}
      pages={held}
      columns={[
        {
          heading: t('devices.arrived'),
          cell: ({ id, receivedAt }) => (
            <Checkbox
              label={format.moment(receivedAt)}
              checked={chosen.includes(id)}
              onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
            />
          ),
        },
        { heading: t('devices.why'), cell: ({ why }) => t(`heldWhy.${why}`) },
        {
          heading: t('devices.maker'),
          cell: ({ installation, by }) => `${installation ?? '–'} · ${t(`heldBy.${by}`)}`,
        },
        { heading: t('devices.heldFrom'), cell: ({ startedAt }) => (startedAt ? format.moment(startedAt) : '–') },
        { heading: t('devices.heldPlayed'), kind: 'number', cell: ({ playedMs }) => format.length(playedMs) },
        { heading: t('devices.heldPeople'), kind: 'number', cell: ({ presences }) => format.number(presences) },
      ]}
    />
  );
}

interface DecideProps {
  decision: 'release' | 'discard';
  device: DeviceView;
  path: string;
  meant: Partial<Record<Which, readonly string[]>>;
  count: number;
  disabled: boolean;
  onDone: () => void;
}

function DecideChosen({ decision, device: { id, name }, path, meant, count, disabled, onDone }: DecideProps) {
  const { t } = useTranslation();
  const decide = useEffectOnServer(
    () => server.post<HeldDecided>(`/devices/${id}/held`, { decision, ...meant }),
    [path, `/devices/${id}/held`],
  );
  return (
    <ConfirmButton
      label={t(`devices.${decision}`)}
      disabled={disabled}
      question={t(`devices.${decision}Question`, { count, name })}
      consequence={t(`devices.${decision}Consequence`)}
      effect={() => decide.mutateAsync(undefined).then(onDone)}
    />
  );
}
