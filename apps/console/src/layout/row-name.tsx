import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  /** Where there is more about it. */
  href: string;
  /** Where that leads, when the name alone does not say so. */
  title?: string;
  /** What tells it from its like. */
  below?: ReactNode;
  children: ReactNode;
}

/** What a row of a table is about. */
export function RowName({ href, title, below, children }: Props) {
  return (
    <>
      <Anchor component={Link} href={href} fw={600} size="sm" title={title}>
        {children}
      </Anchor>
      {below && (
        <Text size="xs" c="dimmed">
          {below}
        </Text>
      )}
    </>
  );
}
