import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import type { KeepQuality } from './keep-quality.js';
import styles from './kept.module.css';
import { PICKED } from './kept-lecture.js';
import { PickedSizes } from './picked-sizes.js';
import { Disclosure, QualityChoice } from './quality-choice.js';
import { askToStay } from './room.js';
import { useKept } from './use-kept.js';

/** All that the learner, or the hall's site, has picked: now and later. */
export function KeepPicked() {
  const { t } = useTranslation();
  const { kept: library } = useServices();
  const { person, device } = useViewer();
  const { orders } = useKept();
  const hasList = device !== undefined || person?.learnerId !== undefined;
  if (!hasList || orders.some(({ key }) => key === PICKED)) return null;
  const order = async (quality: KeepQuality) => {
    await askToStay();
    await library.order({ key: PICKED, courseId: undefined, title: '', quality });
  };
  return (
    <Disclosure label={device ? t('keep.siteList') : t('keep.ownList')}>
      {() => (
        <PickedSizes>
          {(sizes) => <QualityChoice sizes={sizes} onChoose={(quality) => void order(quality)} />}
        </PickedSizes>
      )}
    </Disclosure>
  );
}

/** Courses and lists that are kept as a whole. */
export function Orders() {
  const { t } = useTranslation();
  const { kept: library } = useServices();
  const { device } = useViewer();
  const { orders } = useKept();
  if (orders.length === 0) return null;
  const list = device ? t('keep.siteList') : t('keep.ownList');
  return (
    <section className={controls.form}>
      <h2>{t('keep.orders')}</h2>
      <ul className={styles.list}>
        {orders.map(({ key, title }) => (
          <li key={key} className={styles.item}>
            <span className={styles.name}>{key === PICKED ? list : title}</span>
            <button
              type="button"
              className={controls.button}
              aria-label={t('keep.cancelOf', { title: key === PICKED ? list : title })}
              onClick={() => void library.cancel(key)}
            >
              {t('keep.cancel')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
