import { Button, Code, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatePairingCode, DeviceView, PairingCode } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { FormModal } from '../../layout/form-modal';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';

/** The players that are enrolled at a site. */
export function Devices({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `/sites/${siteId}/devices`;
  const devices = useReading<{ items: DeviceView[] }>(path);
  const revoke = useEffectOnServer((id: string) => server.remove(`/devices/${id}`), [path]);
  const [pairing, setPairing] = useState(false);
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('devices.title')}</Title>
        <Button size="xs" onClick={() => setPairing(true)}>
          {t('devices.pair')}
        </Button>
      </Group>
      <Answer of={devices}>
        {({ items }) => (
          <DataTable
            caption={t('devices.title')}
            rows={items}
            rowKey={({ id }) => id}
            empty={t('devices.none')}
            columns={[
              {
                heading: t('devices.name'),
                cell: ({ name }) => (
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                ),
              },
              { heading: t('devices.enrolledAt'), cell: ({ enrolledAt }) => format.moment(enrolledAt) },
              {
                heading: t('devices.lastSeenAt'),
                cell: ({ lastSeenAt }) => (lastSeenAt === null ? t('devices.never') : format.moment(lastSeenAt)),
              },
              {
                heading: '',
                kind: 'actions',
                cell: ({ id, name }) => (
                  <ConfirmButton
                    label={t('devices.revoke')}
                    describedAs={`${t('devices.revoke')}: ${name}`}
                    question={t('devices.revokeQuestion', { name })}
                    consequence={t('devices.revokeConsequence')}
                    effect={() => revoke.mutateAsync(id)}
                  />
                ),
              },
            ]}
          />
        )}
      </Answer>
      {pairing && <Pairing siteId={siteId} onClose={() => setPairing(false)} />}
    </Stack>
  );
}

/** Asks for the device's name, then shows its code: this once, in letters that are read across a room. */
function Pairing({ siteId, onClose }: { siteId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [deviceName, setDeviceName] = useState('');
  const pair = useEffectOnServer(
    () => server.post<PairingCode>(`/sites/${siteId}/pairing-codes`, { deviceName } satisfies CreatePairingCode),
    [`/sites/${siteId}/devices`],
  );
  if (pair.data) return <ShownCode pairing={pair.data} onClose={onClose} />;
  return (
    <FormModal
      opened
      title={t('devices.pair')}
      submitLabel={t('devices.submit')}
      pending={pair.isPending}
      error={pair.error}
      onClose={onClose}
      onSubmit={() => pair.mutate(undefined)}
    >
      <TextInput
        label={t('devices.name')}
        description={t('devices.nameHint')}
        required
        maxLength={200}
        data-autofocus
        value={deviceName}
        error={fieldError(pair.error, 'deviceName')}
        onChange={({ currentTarget }) => setDeviceName(currentTarget.value)}
      />
    </FormModal>
  );
}

function ShownCode({ pairing, onClose }: { pairing: PairingCode; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Modal opened onClose={onClose} title={t('devices.code')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack align="center">
        <Code fz="clamp(1.5rem, 8vw, 2.5rem)" fw={700} p="md" c="black" style={{ letterSpacing: '0.08em' }}>
          {pairing.code}
        </Code>
        <Text size="sm" ta="center">
          {t('devices.codeHint', { until: format.moment(pairing.expiresAt) })}
        </Text>
        <Button onClick={onClose} data-autofocus>
          {t('actions.done')}
        </Button>
      </Stack>
    </Modal>
  );
}
