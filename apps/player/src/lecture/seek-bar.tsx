import type { PlayGrant, ThumbnailSheet } from '#libs/contracts';
import { thumbnailAt, type Interval, type Thumbnail } from '#libs/domain';
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

/** A range rounds to its steps; rounded by us first, or it would take that for a change that somebody made. */
const STEP_MS = 1000;

export function SeekBar({ atMs, durationMs, thumbnails, watched, onSeek }: Props) {
  const { t, i18n } = useTranslation();
  const [pointedMs, setPointedMs] = useState<number>();
  const [isFocused, setIsFocused] = useState(false);
  const previewMs = pointedMs ?? (isFocused ? atMs : undefined);

  const point = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setPointedMs(Math.min(1, Math.max(0, (clientX - left) / width)) * durationMs);
  };
  /** Seeking by keys shows where it leads, also after the bar was clicked; Escape takes the picture away. */
  const onKey = ({ key }: KeyboardEvent) => {
    setPointedMs(undefined);
    setIsFocused(key !== 'Escape');
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
        max={Math.ceil(durationMs / STEP_MS) * STEP_MS}
        step={STEP_MS}
        value={Math.round(Math.min(atMs, durationMs) / STEP_MS) * STEP_MS}
        onChange={({ currentTarget }) => onSeek(Number(currentTarget.value))}
        onFocus={({ currentTarget }) => setIsFocused(currentTarget.matches(':focus-visible'))}
        onBlur={() => setIsFocused(false)}
        onKeyDown={onKey}
      />
      {watched && <WatchedMap intervals={watched} durationMs={durationMs} />}
    </div>
  );
}

function Preview({ atMs, durationMs, thumbnails }: Pick<Props, 'atMs' | 'durationMs' | 'thumbnails'>) {
  const thumbnail = thumbnailAt(thumbnails, atMs);
  // Near the edges it would be cut off.
  const left = Math.min(90, Math.max(10, (atMs / durationMs) * 100));
  return (
    <div className={styles.preview} style={{ left: `${left}%` }} aria-hidden="true">
      {thumbnail && <Tile {...thumbnail} />}
      {clockTime(atMs)}
    </div>
  );
}

/** One picture of a sheet, at whatever size the window has: the sheet lies behind it, so many times larger. */
function Tile({ sheet, x, y }: Thumbnail<ThumbnailSheet>) {
  const { url, width, tileWidth, tileHeight } = sheet;
  const place = {
    width: percent(width / tileWidth),
    left: percent(-x / tileWidth),
    top: percent(-y / tileHeight),
  };
  return (
    <div className={styles.tile} style={{ aspectRatio: `${tileWidth} / ${tileHeight}` }}>
      <img src={url} alt="" style={place} />
    </div>
  );
}

const percent = (share: number): string => `${share * 100}%`;
