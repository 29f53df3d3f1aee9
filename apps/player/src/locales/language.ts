import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type english from './en.json';

export const languages = { en: 'English', 'zh-CN': '中文' } as const;
export type Language = keyof typeof languages;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english };
  }
}

const REMEMBERED = 'lectern.language';
const isLanguage = (tag: string | null): tag is Language => tag !== null && tag in languages;

const texts: Readonly<Record<Language, () => Promise<{ default: object }>>> = {
  en: () => import('./en.json'),
  'zh-CN': () => import('./zh-CN.json'),
};

function preferredLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED);
  if (isLanguage(remembered)) return remembered;
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

export async function startLanguage(): Promise<void> {
  // React escapes what it shows.
  await i18next.use(initReactI18next).init({ interpolation: { escapeValue: false } });
  await show(preferredLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await show(language);
}

async function show(language: Language): Promise<void> {
  const { default: sentences } = await texts[language]();
  i18next.addResourceBundle(language, 'translation', sentences);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.title = i18next.t('brand');
}
