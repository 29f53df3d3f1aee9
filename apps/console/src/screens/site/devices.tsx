import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceView } from '#libs/contracts';
import { useFormat } from '../../language/use-format';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { DeviceState } from './device-state';
import { Pairing } from './pairing';

/** The players that are enrolled at a site. */
export function Devices({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `/sites/${siteId}/devices`;
  const devices = useReading<{ items: DeviceView[] }>(path);
  const revoke = useEffectOnServer((id: string) => server.remove(`/devices/${id}`), [path]);
  const [pairing, setPairing] = useState<DeviceView | 'new'>();
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('devices.title')}</Title>
        <Button size="xs" onClick={() => setPairing('new')}>
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
              { heading: t('devices.batches'), cell: (device) => <DeviceState device={device} path={path} /> },
              {
                heading: '',
                kind: 'actions',
                cell: (device) => (
                  <Group gap="xs" justify="flex-end">
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`${t('devices.reissue')}: ${device.name}`}
                      onClick={() => setPairing(device)}
                    >
                      {t('devices.reissue')}
                    </Button>
                    <ConfirmButton
                      label={t('devices.revoke')}
                      describedAs={`${t('devices.revoke')}: ${device.name}`}
                      question={t('devices.revokeQuestion', { name: device.name })}
                      consequence={t('devices.revokeConsequence')}
                      effect={() => revoke.mutateAsync(device.id)}
                    />
                  </Group>
                ),
              },
            ]}
          />
        )}
      </Answer>
      {pairing && (
        <Pairing
          siteId={siteId}
          device={pairing === 'new' ? undefined : pairing}
          onClose={() => setPairing(undefined)}
        />
      )}
    </Stack>
  );
}
