import type { CategoryView, Page } from '#libs/contracts';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import controls from '../layout/controls.module.css';
import { entryOf } from '../layout/form-entry.js';
import { useRead } from '../server/use-read.js';
import { inTiers } from './category-tiers.js';
import styles from './catalogue.module.css';

/** Filters stand in the address, so that going back finds them again. */
export function Filters() {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { reading } = useRead<Page<CategoryView>>('/categories');
  const categories = reading.state === 'ready' ? reading.value.items : [];
  const name = ({ nameEn, nameZh }: CategoryView) => (i18n.language === 'en' ? nameEn : nameZh);

  const set = (key: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(key);
      else after.set(key, value);
      return after;
    });
  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    set('q', entryOf(event.currentTarget, 'q').trim());
  };

  return (
    <div className={styles.filters} role="search">
      <form className={controls.field} onSubmit={search}>
        <label htmlFor="search">{t('catalogue.search')}</label>
        <div className={styles.search}>
          <input
            id="search"
            key={params.get('q')}
            className={controls.input}
            type="search"
            name="q"
            maxLength={100}
            defaultValue={params.get('q') ?? ''}
          />
          <button type="submit" className={controls.button}>
            {t('catalogue.searchSubmit')}
          </button>
        </div>
      </form>
      <div className={controls.field}>
        <label htmlFor="category">{t('catalogue.category')}</label>
        <select
          id="category"
          className={controls.input}
          value={params.get('category') ?? ''}
          onChange={({ currentTarget }) => set('category', currentTarget.value)}
        >
          <option value="">{t('catalogue.allCategories')}</option>
          {inTiers(categories).map(({ category, tier }) => (
            <option key={category.id} value={category.id}>
              {tier === 2 ? `\u2003${name(category)}` : name(category)}
            </option>
          ))}
        </select>
      </div>
      <label className={controls.check}>
        <input
          type="checkbox"
          checked={params.get('picked') === 'true'}
          onChange={({ currentTarget }) => set('picked', currentTarget.checked ? 'true' : '')}
        />
        {t('catalogue.picked')}
      </label>
    </div>
  );
}
