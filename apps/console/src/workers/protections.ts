import { useTranslation } from 'react-i18next';

/** Those that have a name for a person; a newer server may know more. */
const protections = ['isolation', 'limits', 'tether'] as const;

/** Which protections of the sandbox are missing, in the reader's language. */
export function useMissing(): (missing: readonly string[]) => string {
  const { t } = useTranslation();
  const nameOf = (name: string) => {
    const protection = protections.find((known) => known === name);
    return protection ? t(`healthProtections.${protection}`) : name;
  };
  return (missing) => t('health.missing', { names: missing.map(nameOf).join(' · ') });
}
