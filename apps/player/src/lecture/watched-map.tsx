import { shownRatio, totalMs, type Interval } from '#libs/domain';
import { useTranslation } from 'react-i18next';
import { clockTime } from './clock-time.js';
import styles from './watched-map.module.css';

interface Props {
  intervals: readonly Interval[];
  durationMs: number;
}

/** Which parts of the lecture have been watched, as a strip in line with the seek bar. {@link WatchedWords} says the same. */
export function WatchedMap({ intervals, durationMs }: Props) {
  const percent = (ms: number) => `${(ms / durationMs) * 100}%`;
  return (
    <div className={styles.map} aria-hidden="true">
      {intervals.map(([from, to]) => (
        <span key={from} className={styles.part} style={{ left: percent(from), width: percent(to - from) }} />
      ))}
    </div>
  );
}

export function WatchedWords({ intervals, durationMs }: Props) {
  const { t, i18n } = useTranslation();
  if (intervals.length === 0) return <p className={styles.words}>{t('watched.none')}</p>;
  const parts = intervals.map(([from, to]) => t('watched.part', { from: clockTime(from), to: clockTime(to) }));
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' }).format(parts);
  return (
    <details className={styles.words}>
      <summary>{t('watched.ratio', { percent: shownRatio(totalMs(intervals), durationMs) })}</summary>
      {t('watched.parts', { parts: list })}
    </details>
  );
}
