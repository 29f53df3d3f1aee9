import { Center, Loader, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert';

interface Reading<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** An answer of the server in its three states: on its way, refused, there. */
export function Answer<T>({ of, children }: { of: Reading<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ProblemAlert error={of.error} onRetry={() => void of.refetch()} />;
  return <Loading />;
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <Center py="xl" role="status">
      <Loader type="dots" aria-hidden="true" />
      <VisuallyHidden>{t('states.loading')}</VisuallyHidden>
    </Center>
  );
}
