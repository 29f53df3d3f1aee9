import { Button, Center, Group, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '#libs/contracts';
import { LanguageSwitch } from '../../language/language-switch';
import { Mark } from '../../layout/mark';
import { ProblemAlert } from '../../layout/problem-alert';
import { server } from '../../server/client';
import { sessionKey } from '../../server/queries';

export function SignInScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => server.post<SessionView>('/session', { login: login.trim(), password }),
    onSuccess: ({ account }) => client.setQueryData(sessionKey, account),
    onError: () => setPassword(''),
  });
  useEffect(() => {
    document.title = `${t('signIn.title')} · Lectern`;
  }, [t]);
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={380} gap="lg">
        <Group justify="space-between">
          <Mark />
          <LanguageSwitch />
        </Group>
        <Paper
          withBorder
          component="form"
          p="xl"
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate();
          }}
        >
          <Stack>
            <Title order={1} size="h2">
              {t('signIn.title')}
            </Title>
            <TextInput
              label={t('signIn.login')}
              name="login"
              autoComplete="username"
              required
              withAsterisk={false}
              maxLength={100}
              value={login}
              onChange={({ currentTarget }) => setLogin(currentTarget.value)}
            />
            <PasswordInput
              label={t('signIn.password')}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              maxLength={200}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
              value={password}
              onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            />
            <ProblemAlert error={signIn.error} />
            <Button type="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
