import { useTranslation } from 'react-i18next';
import type { Pages } from '../server/use-pages.js';
import controls from './controls.module.css';
import { Failure } from './notice.js';

export function MoreButton<T>({ pages: { more, isLoadingMore, refused } }: { pages: Pages<T> }) {
  const { t } = useTranslation();
  return (
    <>
      {refused && <Failure reason={refused} />}
      {more && (
        <button type="button" className={controls.button} disabled={isLoadingMore} onClick={() => void more()}>
          {isLoadingMore ? t('catalogue.moreBusy') : t('catalogue.more')}
        </button>
      )}
    </>
  );
}
