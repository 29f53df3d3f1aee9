import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountSummary } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { ConfirmButton } from '../../layout/confirm-button';
import { DataTable } from '../../layout/data-table';
import { Screen } from '../../layout/screen';
import { ToneBadge } from '../../layout/tone-badge';
import { server } from '../../server/client';
import { useEffectOnServer, usePages } from '../../server/queries';
import { useAccount } from '../../session/session';
import { AccountForm } from './account-form';

export function AccountsScreen() {
  const { t } = useTranslation();
  const accounts = usePages<AccountSummary>('/accounts');
  const close = useEffectOnServer((id: string) => server.remove(`/accounts/${id}`), ['/accounts']);
  const self = useAccount();
  const [creating, setCreating] = useState(false);
  return (
    <Screen
      title={t('areas.accounts')}
      about={t('accounts.about')}
      actions={<Button onClick={() => setCreating(true)}>{t('accounts.create')}</Button>}
    >
      <Answer of={accounts}>
        {() => (
          <DataTable
            caption={t('areas.accounts')}
            rows={accounts.items}
            rowKey={({ id }) => id}
            empty={t('accounts.none')}
            pages={accounts}
            columns={[
              {
                heading: t('accounts.name'),
                cell: ({ name }) => (
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                ),
              },
              { heading: t('accounts.login'), cell: ({ login }) => login },
              { heading: t('accounts.roles'), cell: (account) => <Roles account={account} /> },
              {
                heading: '',
                kind: 'actions',
                cell: ({ id, name }) =>
                  id !== self.id && (
                    <ConfirmButton
                      label={t('accounts.close')}
                      describedAs={`${t('accounts.close')}: ${name}`}
                      question={t('accounts.closeQuestion', { name })}
                      consequence={t('accounts.closeConsequence')}
                      effect={() => close.mutateAsync(id)}
                    />
                  ),
              },
            ]}
          />
        )}
      </Answer>
      {creating && <AccountForm onClose={() => setCreating(false)} />}
    </Screen>
  );
}

/** Each role once, however many places it is held on. */
function Roles({ account: { roles, learnerId } }: { account: AccountSummary }) {
  const { t } = useTranslation();
  const names = [...new Set(roles.map(({ role }) => role))];
  return (
    <Group gap={6}>
      {names.map((role) => (
        <ToneBadge key={role} tone="moving" label={t(`roles.${role}`)} />
      ))}
      {learnerId !== null && <ToneBadge tone="quiet" label={t('roles.learner')} />}
    </Group>
  );
}
