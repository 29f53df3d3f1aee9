import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitKind, UnitView } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { UnitSelect } from '../../organisation/unit-select';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';
import { kinds, kindUnder } from './unit-kinds';

interface Props {
  parent: UnitView | null;
  onClose: () => void;
}

export function UnitForm({ parent: here, onClose }: Props) {
  const { t } = useTranslation();
  const [parent, setParent] = useState(here);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<UnitKind>(kindUnder(here?.kind));
  const save = useEffectOnServer(() => server.post('/units', { name, kind, parentId: parent?.id }), ['/units']);
  return (
    <FormModal
      opened
      title={t('units.create')}
      submitLabel={t('actions.create')}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <TextInput
        label={t('units.name')}
        required
        maxLength={200}
        data-autofocus
        value={name}
        error={fieldError(save.error, 'name')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NativeSelect
        label={t('units.kind')}
        value={kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value as UnitKind)}
        data={kinds.map((value) => ({ value, label: t(`unitKinds.${value}`) }))}
      />
      <UnitSelect
        label={t('units.parent')}
        required
        value={parent}
        onChange={setParent}
        error={fieldError(save.error, 'parentId')}
      />
    </FormModal>
  );
}
