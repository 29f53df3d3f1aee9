import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeviceView, HeldDecided } from '#libs/contracts';
import { ConfirmButton } from '../../layout/confirm-button';
import { server } from '../../server/client';
import { HeldBatches } from './held-batches';
import { useEffectOnServer } from '../../server/queries';

/** Whether all that a device has made is here and counts; where it may be a copy's, somebody decides. `path` is the list's. */
export function DeviceState({ device, path }: { device: DeviceView; path: string }) {
  const { t } = useTranslation();
  const { name, missingBatches, heldBatches } = device;
  if (missingBatches + heldBatches === 0) return t('devices.allHere');
  return (
    <Stack gap="xs">
      {missingBatches > 0 && <Text size="sm">{t('devices.missing', { count: missingBatches })}</Text>}
      {heldBatches > 0 && (
        <>
          <Text size="sm" fw={600}>
            {t('devices.held', { count: heldBatches })}
          </Text>
          <Group gap="xs">
            <Decide device={device} path={path} decision="release" name={name} />
            <Decide device={device} path={path} decision="discard" name={name} />
            <HeldBatches device={device} path={path} />
          </Group>
        </>
      )}
    </Stack>
  );
}

interface DecideProps {
  device: DeviceView;
  path: string;
  decision: 'release' | 'discard';
  name: string;
}

function Decide({ device: { id, heldBatches }, path, decision, name }: DecideProps) {
  const { t } = useTranslation();
  const decide = useEffectOnServer(() => server.post<HeldDecided>(`/devices/${id}/held`, { decision }), [path]);
  return (
    <ConfirmButton
      label={t(`devices.${decision}`)}
      describedAs={`${t(`devices.${decision}`)}: ${name}`}
      question={t(`devices.${decision}Question`, { count: heldBatches, name })}
      consequence={t(`devices.${decision}Consequence`)}
      effect={() => decide.mutateAsync(undefined)}
    />
  );
}
