import type { LectureSizes } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { keepQualities, type KeepQuality } from './keep-quality.js';
import styles from './kept.module.css';
import { bytesOfAll, sizeWords } from './sizes.js';
import { useRoom } from './use-kept.js';

interface Props {
  sizes: readonly LectureSizes[];
  onChoose: (quality: KeepQuality) => void;
}

/** What each quality would take, and how much there is: one press of a remote control decides. */
export function QualityChoice({ sizes, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const room = useRoom();
  const words = (bytes: number) => sizeWords(bytes, i18n.language);
  const names: Readonly<Record<KeepQuality, string>> = {
    audio: t('keep.quality.audio'),
    240: t('keep.quality.240'),
    480: t('keep.quality.480'),
    best: t('keep.quality.best'),
  };
  return (
    <div className={controls.form}>
      <p>{room ? t('keep.free', { free: words(room.freeBytes) }) : t('loading')}</p>
      <div className={styles.choice} role="group" aria-label={t('keep.choose')}>
        {keepQualities.map((quality) => {
          const bytes = bytesOfAll(sizes, quality);
          // The best that there is room for always finds room.
          const isTooMuch = room !== undefined && quality !== 'best' && bytes > room.freeBytes;
          return (
            <button
              key={quality}
              type="button"
              className={controls.button}
              disabled={isTooMuch}
              onClick={() => onChoose(quality)}
            >
              <span>{names[quality]}</span>
              <strong>{isTooMuch ? t('keep.tooMuch') : words(bytes)}</strong>
            </button>
          );
        })}
      </div>
    </div>
  );
}

interface DisclosureProps {
  label: string;
  children: (close: () => void) => React.ReactNode;
}

/** Opens what there is to choose, and closes again. */
export function Disclosure({ label, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={controls.form}>
      <div className={controls.row}>
        <button type="button" className={controls.button} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {label}
        </button>
      </div>
      {isOpen && children(() => setIsOpen(false))}
    </div>
  );
}
