import { Group, Text } from '@mantine/core';

/** The name of the house. */
export const Mark = () => (
  <Group gap={10} wrap="nowrap">
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-ink-7)" />
      <path d="M8 10h16l-2.2 7.5H10.2zM15 17.5h2V24h-2zM11 24h10v2H11z" fill="#fff" />
    </svg>
    <Text fw={650} fz="lg">
      Lectern
    </Text>
  </Group>
);
