import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddLearner, LearnerView } from '#libs/contracts';
import { Answer } from '../../layout/answer';
import { DataTable } from '../../layout/data-table';
import { FormModal } from '../../layout/form-modal';
import { fieldError, server } from '../../server/client';
import { useEffectOnServer, usePages } from '../../server/queries';
import { LearnerActions } from './learner-actions';

/** Who learns here. `mayRead`: what they watched, too. */
export function Roster({ siteId, mayRead }: { siteId: string; mayRead: boolean }) {
  const { t } = useTranslation();
  const path = `/sites/${siteId}/roster`;
  const roster = usePages<LearnerView>(path);
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2}>{t('roster.title')}</Title>
        <Button size="xs" onClick={() => setAdding(true)}>
          {t('roster.add')}
        </Button>
      </Group>
      <Answer of={roster}>
        {() => (
          <DataTable
            caption={t('roster.title')}
            rows={roster.items}
            rowKey={({ id }) => id}
            empty={t('roster.none')}
            pages={roster}
            columns={[
              {
                heading: t('roster.name'),
                cell: ({ name }) => (
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                ),
              },
              { heading: t('roster.code'), cell: ({ code }) => code },
              {
                heading: t('roster.signsInBy'),
                cell: ({ hasCard, hasPin }) =>
                  [hasCard && t('roster.card'), hasPin && t('roster.pin')].filter(Boolean).join(' · ') ||
                  t('roster.neither'),
              },
              {
                heading: '',
                kind: 'actions',
                cell: (learner) => <LearnerActions learner={learner} path={path} mayRead={mayRead} />,
              },
            ]}
          />
        )}
      </Answer>
      {adding && <LearnerForm path={path} onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function LearnerForm({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState({ code: '', name: '', card: '', pin: '' });
  const add = useEffectOnServer(() => {
    const { code, name, card, pin } = fields;
    return server.post(path, { code, name, ...(card && { card }), ...(pin && { pin }) } satisfies AddLearner);
  }, [path]);
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: fieldError(add.error, name),
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  });
  return (
    <FormModal
      opened
      title={t('roster.add')}
      submitLabel={t('roster.submit')}
      pending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => add.mutate(undefined, { onSuccess: onClose })}
    >
      <TextInput
        {...field('code')}
        label={t('roster.code')}
        description={t('roster.codeHint')}
        required
        maxLength={60}
        data-autofocus
      />
      <TextInput {...field('name')} label={t('roster.name')} required maxLength={200} />
      <TextInput
        {...field('card')}
        label={t('roster.card')}
        description={t('roster.cardHint')}
        minLength={4}
        maxLength={100}
        autoComplete="off"
      />
      <PasswordInput
        {...field('pin')}
        label={t('roster.pin')}
        description={t('roster.pinHint')}
        inputMode="numeric"
        pattern="\d{4,8}"
        maxLength={8}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('roster.showPin') }}
      />
    </FormModal>
  );
}
