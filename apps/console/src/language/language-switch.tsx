import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages, speak, type Language } from './i18n';

/** Each language is named in itself, so that whoever needs the switch can read it. */
const names: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('frame.language')}
      value={i18n.language}
      onChange={(language) => void speak(language as Language)}
      data={languages.map((language) => ({ value: language, label: names[language] }))}
    />
  );
}
