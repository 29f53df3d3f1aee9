import { AppShell, Burger, Button, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { LanguageSwitch } from '../language/language-switch';
import { areasOf, type Area } from '../session/may';
import { useAccount, useSignOut } from '../session/session';
import {
  AccountsIcon,
  CoursesIcon,
  FileIcon,
  HealthIcon,
  PipelineIcon,
  ReviewIcon,
  SitesIcon,
  UploadIcon,
} from './icons';
import { Mark } from './mark';

const icons: Record<Area, ComponentType> = {
  uploads: UploadIcon,
  courses: CoursesIcon,
  pipeline: PipelineIcon,
  sites: SitesIcon,
  files: FileIcon,
  review: ReviewIcon,
  accounts: AccountsIcon,
  health: HealthIcon,
};

/** Lectures are found under their courses. */
const isIn = (area: Area, location: string) =>
  location.startsWith(`/${area}`) || (area === 'courses' && location.startsWith('/lectures'));

/** What stands around every screen of somebody signed in. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const account = useAccount();
  const signOut = useSignOut();
  const [location] = useLocation();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <Button component="a" href="#main" className="skip-link" size="xs">
        {t('frame.skip')}
      </Button>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('frame.menu')}
              aria-expanded={opened}
            />
            <Mark />
          </Group>
          <Group gap="md" wrap="nowrap">
            <Text size="sm" visibleFrom="sm" truncate maw={260}>
              {account.name}
            </Text>
            <LanguageSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('frame.navigation')}>
        <AppShell.Section grow component={ScrollArea}>
          <Stack gap={2}>
            {areasOf(account.roles).map((area) => {
              const Icon = icons[area];
              return (
                <NavLink
                  key={area}
                  component={Link}
                  href={`/${area}`}
                  onClick={close}
                  active={isIn(area, location)}
                  aria-current={isIn(area, location) ? 'page' : undefined}
                  label={t(`areas.${area}`)}
                  leftSection={<Icon />}
                  style={{ borderRadius: 'var(--mantine-radius-md)' }}
                />
              );
            })}
          </Stack>
        </AppShell.Section>
        <AppShell.Section>
          <Text size="sm" hiddenFrom="sm" truncate mb="xs" px="xs">
            {account.name}
          </Text>
          <Button variant="default" fullWidth onClick={() => void signOut()}>
            {t('frame.signOut')}
          </Button>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <div className="page">{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
