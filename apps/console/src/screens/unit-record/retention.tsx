import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RetentionView } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { server } from '../../server/client';
import { useEffectOnServer, useReading } from '../../server/queries';
import { useHolds } from '../../session/session';

const terms = [12, 24, 36, 60, 120] as const;

/** How long the detail of what was watched below a unit is kept, and who says so. */
export function Retention({ unitId }: { unitId: string }) {
  const { t } = useTranslation();
  const isReader = useHolds('admin', 'organiser', 'auditor');
  const isAdmin = useHolds('admin');
  const [changing, setChanging] = useState(false);
  const path = `/units/${unitId}/retention`;
  const { data } = useReading<RetentionView>(path, { enabled: isReader });
  if (!data) return null;
  return (
    <Group gap="sm">
      <Text size="sm">
        {data.months === null ? t('retention.forEver') : t('retention.months', { count: data.months })}{' '}
        {data.setBy && data.setBy.id !== unitId && t('retention.setBy', { name: data.setBy.name })}
      </Text>
      {isAdmin && (
        <Button variant="default" size="xs" onClick={() => setChanging(true)}>
          {t('retention.change')}
        </Button>
      )}
      {changing && <RetentionForm path={path} retention={data} onClose={() => setChanging(false)} />}
    </Group>
  );
}

interface Props {
  path: string;
  retention: RetentionView;
  onClose: () => void;
}

function RetentionForm({ path, retention: { own }, onClose }: Props) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(own ? String(own.months ?? 'forEver') : 'inherit');
  const save = useEffectOnServer(() => server.put(path, { own: ownOf(choice) }), [path]);
  const months = [...new Set([...terms, ...(own?.months ? [own.months] : [])])].sort((a, b) => a - b);
  return (
    <FormModal
      opened
      title={t('retention.title')}
      submitLabel={t('actions.save')}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <NativeSelect
        label={t('retention.keep')}
        description={t('retention.about')}
        data-autofocus
        value={choice}
        onChange={({ currentTarget }) => setChoice(currentTarget.value)}
        data={[
          { value: 'inherit', label: t('retention.inherit') },
          { value: 'forEver', label: t('retention.always') },
          ...months.map((count) => ({ value: String(count), label: t('retention.term', { count }) })),
        ]}
      />
    </FormModal>
  );
}

function ownOf(choice: string): RetentionView['own'] {
  if (choice === 'inherit') return null;
  return { months: choice === 'forEver' ? null : Number(choice) };
}
