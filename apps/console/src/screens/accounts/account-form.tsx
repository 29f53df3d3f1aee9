import { Checkbox, Group, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateAccount, RoleName, SiteView, UnitView } from '#libs/contracts';
import { FormModal } from '../../layout/form-modal';
import { ServerSelect } from '../../layout/server-select';
import { UnitSelect } from '../../organisation/unit-select';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer } from '../../server/queries';
import { useAccount } from '../../session/session';
import { grantableBy, grantsOf } from './grants';

/** Somebody new: who they are, and which roles they hold on a unit or, as operator, on a site. */
export function AccountForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const grantable = grantableBy(useAccount().roles);
  const [fields, setFields] = useState({ name: '', login: '', password: '' });
  const [isRoleMissing, setIsRoleMissing] = useState(false);
  const [roles, setRoles] = useState<readonly RoleName[]>([]);
  const [unit, setUnit] = useState<UnitView | null>(null);
  const [site, setSite] = useState<SiteView | null>(null);
  const create = useEffectOnServer(
    () => server.post('/accounts', { ...fields, roles: grantsOf(roles, unit, site) } satisfies CreateAccount),
    ['/accounts'],
  );
  const field = (name: keyof typeof fields) => ({
    required: true,
    value: fields[name],
    error: fieldError(create.error, name),
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  });
  const submit = () => {
    setIsRoleMissing(roles.length === 0);
    if (roles.length > 0) create.mutate(undefined, { onSuccess: onClose });
  };
  const onUnit = roles.some((role) => role !== 'operator');
  return (
    <FormModal
      opened
      title={t('accounts.create')}
      submitLabel={t('actions.create')}
      pending={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInput {...field('name')} label={t('accounts.name')} maxLength={200} data-autofocus />
      <TextInput
        {...field('login')}
        label={t('accounts.login')}
        description={t('accounts.loginHint')}
        maxLength={100}
        autoComplete="off"
      />
      <PasswordInput
        {...field('password')}
        label={t('accounts.password')}
        description={t('accounts.passwordHint')}
        minLength={8}
        maxLength={200}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      />
      <Checkbox.Group
        label={t('accounts.roles')}
        description={t('accounts.rolesHint')}
        withAsterisk
        error={isRoleMissing && roles.length === 0 && t('accounts.roleMissing')}
        value={[...roles]}
        onChange={(chosen) => setRoles(chosen)}
      >
        <Group gap="md" mt="xs">
          {grantable.map((role) => (
            <Checkbox key={role} value={role} label={t(`roles.${role}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      {onUnit && <UnitSelect label={t('accounts.unit')} required value={unit} onChange={setUnit} />}
      {roles.includes('operator') && (
        <ServerSelect<SiteView>
          label={t('accounts.site')}
          required
          path="/sites"
          labelOf={({ name, unitName }) => `${name} (${unitName})`}
          value={site}
          onChange={setSite}
        />
      )}
    </FormModal>
  );
}
