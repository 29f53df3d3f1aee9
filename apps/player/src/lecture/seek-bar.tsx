import type { PlayGrant } from '#libs/contracts';
import type { Interval } from '#libs/domain';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime, spokenTime } from './clock-time.js';
import styles from './player.module.css';
import { WatchedMap } from './watched-map.js';

interface Props {
  atMs: number;
  durationMs: number;
  thumbnails: PlayGrant['thumbnails'];
  watched: readonly Interval[] | undefined;
  onSeek: (toMs: number) => void;
}

/** The last picture taken at or before this moment. */
const pictureAt = (thumbnails: PlayGrant['thumbnails'], ms: number) =>
  thumbnails.filter(({ atMs }) => atMs <= ms).at(-1) ?? thumbnails[0];

export function SeekBar({ atMs, durationMs, thumbnails, watched, onSeek }: Props) {
  const { t, i18n } = useTranslation();
  const [pointedMs, setPointedMs] = useState<number>();
  const [isFocused, setIsFocused] = useState(false);
  const previewMs = pointedMs ?? (isFocused ? atMs : undefined);

  const point = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setPointedMs(Math.min(1, Math.max(0, (clientX - left) / width)) * durationMs);
  };
  const dismiss = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    setPointedMs(undefined);
    setIsFocused(false);
  };

  return (
    <div className={styles.track} onPointerMove={point} onPointerLeave={() => setPointedMs(undefined)}>
      {previewMs !== undefined && thumbnails.length > 0 && (
        <Preview atMs={previewMs} durationMs={durationMs} thumbnails={thumbnails} />
      )}
      <input
        className={styles.seek}
        type="range"
        data-part="seek-bar"
        aria-label={t('player.seek')}
        aria-valuetext={t('player.position', {
          at: spokenTime(atMs, i18n.language),
          of: spokenTime(durationMs, i18n.language),
        })}
        min={0}
        max={durationMs}
        step={1000}
        value={Math.min(atMs, durationMs)}
        onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
        onFocus={({ currentTarget }) => setIsFocused(currentTarget.matches(':focus-visible'))}
        onBlur={() => setIsFocused(false)}
        onKeyDown={dismiss}
      />
      {watched && <WatchedMap intervals={watched} durationMs={durationMs} />}
    </div>
  );
}

function Preview({ atMs, durationMs, thumbnails }: Pick<Props, 'atMs' | 'durationMs' | 'thumbnails'>) {
  const picture = pictureAt(thumbnails, atMs);
  // Near the edges it would be cut off.
  const left = Math.min(90, Math.max(10, (atMs / durationMs) * 100));
  return (
    <div className={styles.preview} style={{ left: `${left}%` }} aria-hidden="true">
      {picture && <img src={picture.url} width={picture.width} height={picture.height} alt="" />}
      {clockTime(atMs)}
    </div>
  );
}
