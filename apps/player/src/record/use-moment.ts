import { useTranslation } from 'react-i18next';

/** Writes a moment in the language of the reader. */
export function useMoment() {
  const { language } = useTranslation().i18n;
  return (at: string, timeStyle: 'short' | 'medium') =>
    new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle });
}
