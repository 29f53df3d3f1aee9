import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordRefusal } from '#libs/contracts';

/** What did not count, and why, in plain words. */
export function Refused({ items }: { items: readonly RecordRefusal[] }) {
  const { t } = useTranslation();
  return (
    <List size="xs">
      {items.map(({ session, item, seq, code }) => (
        <List.Item key={`${session} ${item} ${seq ?? ''} ${code}`}>
          {t('explanation.refusedItem', { seq: seq === null ? '–' : seq + 1, why: t(`refusal.${code}`) })}
        </List.Item>
      ))}
    </List>
  );
}
