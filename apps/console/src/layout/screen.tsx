import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  title: string;
  /** One line under the title. */
  about?: ReactNode;
  /** From the navigation down to the parent of this screen. */
  trail?: readonly { label: string; href: string }[];
  actions?: ReactNode;
  children: ReactNode;
}

/** What every screen has: its place, its name, what can be done, and the rest. */
export function Screen({ title, about, trail = [], actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Lectern`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        {trail.length > 0 && (
          <Breadcrumbs separatorMargin={6} fz="sm" lh="1.5rem">
            {trail.map(({ label, href }) => (
              <Anchor key={href} component={Link} href={href} size="sm" lh="1.5rem">
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} style={{ flex: '1 1 16rem' }}>
            <Title order={1}>{title}</Title>
            {about && (
              <Text c="dimmed" size="sm" component="div">
                {about}
              </Text>
            )}
          </Stack>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}
