import { Group, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteView, UnitView } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { emptyLink, linkOf, type LinkDraft } from '../../organisation/link-facts';
import { UnitSelect } from '../../organisation/unit-select';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';

interface Props {
  unit: UnitView | null;
  onClose: () => void;
  onSaved: (site: SiteView) => void;
}

export function SiteForm({ unit: here, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState(here);
  const [name, setName] = useState('');
  const [link, setLink] = useState<LinkDraft>(emptyLink);
  const save = useEffectOnServer(
    () => server.post<SiteView>('/sites', { unitId: unit?.id, name, ...linkOf(link) }),
    ['/sites'],
  );
  const change = (fields: Partial<LinkDraft>) => setLink({ ...link, ...fields });
  return (
    <FormModal
      opened
      title={t('sites.create')}
      submitLabel={t('actions.create')}
      pending={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined, { onSuccess: onSaved })}
    >
      <TextInput
        label={t('sites.name')}
        required
        maxLength={200}
        data-autofocus
        value={name}
        error={fieldError(save.error, 'name')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <UnitSelect
        label={t('sites.unit')}
        required
        value={unit}
        onChange={setUnit}
        error={fieldError(save.error, 'unitId')}
      />
      <NumberInput
        label={t('sites.kbps')}
        description={t('sites.kbpsHint')}
        min={8}
        max={10_000_000}
        allowDecimal={false}
        value={link.kbps}
        error={fieldError(save.error, 'linkKbps')}
        onChange={(kbps) => change({ kbps })}
      />
      <NumberInput
        label={t('sites.mbPerMonth')}
        description={t('sites.mbPerMonthHint')}
        min={1}
        allowDecimal={false}
        value={link.mbPerMonth}
        error={fieldError(save.error, 'linkMbPerMonth')}
        onChange={(mbPerMonth) => change({ mbPerMonth })}
      />
      <Group grow align="flex-start">
        <TextInput
          type="time"
          label={t('sites.fromHour')}
          required={link.toHour !== ''}
          value={link.fromHour}
          error={fieldError(save.error, 'linkHours')}
          onChange={({ currentTarget }) => change({ fromHour: currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('sites.toHour')}
          required={link.fromHour !== ''}
          value={link.toHour}
          onChange={({ currentTarget }) => change({ toHour: currentTarget.value })}
        />
      </Group>
    </FormModal>
  );
}
