import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format';

/** What one of several adds to a number, and what it would have given alone. */
export function Share({ added, given }: { added: number; given: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {format.length(added)}
      {added !== given && (
        <Text size="xs" c="dimmed">
          {t('explanation.of', { given: format.length(given) })}
        </Text>
      )}
    </>
  );
}
