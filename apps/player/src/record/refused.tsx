import type { RecordRefusal } from '#libs/contracts';
import { useTranslation } from 'react-i18next';
import styles from './record.module.css';

/** What did not count, and why, in plain words. */
export function Refused({ items, title }: { items: readonly RecordRefusal[]; title: string }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <details className={styles.refused}>
      <summary>{title}</summary>
      <ul>
        {items.map(({ session, item, seq, code }) => (
          <li key={`${session} ${item} ${seq ?? ''} ${code}`}>
            {t('record.refusedItem', { seq: seq === null ? '–' : seq + 1, why: t(`refusal.${code}`) })}
          </li>
        ))}
      </ul>
    </details>
  );
}
