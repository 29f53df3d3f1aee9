import { Button, Code, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatePairingCode, DeviceView, PairingCode } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { FormModal } from '../../layout/form-modal';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';

interface Props {
  siteId: string;
  /** The device that gets a new credential; undefined for a new device. */
  device: DeviceView | undefined;
  onClose: () => void;
}

/** Asks for the device's name, then shows its code: this once, in letters that are read across a room. */
export function Pairing({ siteId, device, onClose }: Props) {
  const { t } = useTranslation();
  const [deviceName, setDeviceName] = useState(device?.name ?? '');
  const pair = useEffectOnServer(
    () =>
      server.post<PairingCode>(`/sites/${siteId}/pairing-codes`, {
        deviceName,
        ...(device && { deviceId: device.id }),
      } satisfies CreatePairingCode),
    [`/sites/${siteId}/devices`],
  );
  if (pair.data) return <ShownCode pairing={pair.data} onClose={onClose} />;
  return (
    <FormModal
      opened
      title={device ? t('devices.reissueTitle', { name: device.name }) : t('devices.pair')}
      submitLabel={t('devices.submit')}
      pending={pair.isPending}
      error={pair.error}
      onClose={onClose}
      onSubmit={() => pair.mutate(undefined)}
    >
      {device && <Text size="sm">{t('devices.reissueHint')}</Text>}
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
