import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../locales/language.js';
import styles from './shell.module.css';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <label>
      <span className={styles.hidden}>{t('language')}</span>
      <select
        className={styles.language}
        value={i18n.language}
        onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value as Language)}
      >
        {Object.entries(languages).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
