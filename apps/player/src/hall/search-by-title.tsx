import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { entryOf } from '../layout/form-entry.js';
import styles from './hall.module.css';

/** The words stand in the address (`q`), so that the Back key finds them again. */
export function SearchByTitle() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  return (
    <form
      role="search"
      className={controls.row}
      onSubmit={(event) => {
        event.preventDefault();
        setParams({ q: entryOf(event.currentTarget, 'q').trim() });
      }}
    >
      <input
        className={`${controls.input} ${styles.search}`}
        type="search"
        name="q"
        aria-label={t('catalogue.search')}
        placeholder={t('catalogue.search')}
        maxLength={100}
        defaultValue={params.get('q') ?? undefined}
      />
      <button type="submit" className={controls.button}>
        {t('catalogue.searchSubmit')}
      </button>
    </form>
  );
}
