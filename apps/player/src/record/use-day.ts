import { useTranslation } from 'react-i18next';

/** Writes a day of the calendar in the language of the reader. */
export function useDay() {
  const { language } = useTranslation().i18n;
  return (day: string) => new Date(day).toLocaleDateString(language, { dateStyle: 'medium', timeZone: 'UTC' });
}
