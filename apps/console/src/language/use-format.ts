import { useTranslation } from 'react-i18next';
import * as format from './format';

/** The formats of the language being read. */
export function useFormat() {
  const { language } = useTranslation().i18n;
  return {
    bytes: (bytes: number) => format.formatBytes(bytes, language),
    percent: (share: number) => format.formatPercent(share, language),
    minutes: (ms: number) => format.formatMinutes(ms, language),
    span: (ms: number) => format.formatSpan(ms, language),
    seconds: (ms: number) => format.formatSeconds(ms, language),
    number: (value: number, digits?: number) => format.formatNumber(value, language, digits),
    moment: (moment: string) => format.formatMoment(moment, language),
    day: (day: string) => format.formatDay(day, language),
    length: format.formatLength,
  };
}
