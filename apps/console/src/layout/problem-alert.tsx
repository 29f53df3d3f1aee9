import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ServerProblem } from '../server/client';
import { AlertIcon } from './icons';

/** The sentence for whatever went wrong. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => t(`errors.${error instanceof ServerProblem ? error.code : 'internal'}`);
}

/** Says what went wrong and, when given, offers to try again. Nothing without an error. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (!error) return null;
  return (
    <Alert color="red" icon={<AlertIcon />} role="alert">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="black" style={{ flex: '1 1 12rem' }}>
          {sentence(error)}
        </Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('actions.tryAgain')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
