import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../locales/en.json' with { type: 'json' };
import zhCN from '../locales/zh-CN.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const remembered = 'lectern.language';

/** The language chosen here before, else the browser's when it is one of ours, else Chinese. */
export function firstLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const candidates = chosen === null ? wanted : [chosen, ...wanted];
  for (const candidate of candidates) {
    const match = languages.find((language) => language.slice(0, 2) === candidate.slice(0, 2).toLowerCase());
    if (match) return match;
  }
  return 'zh-CN';
}

export async function startLanguages(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(localStorage.getItem(remembered), navigator.languages),
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    interpolation: { escapeValue: false },
  });
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  await i18next.changeLanguage(language);
}
