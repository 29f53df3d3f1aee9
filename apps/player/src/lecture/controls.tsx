import { useTranslation } from 'react-i18next';
import { clockTime } from './clock-time.js';
import { speeds, type Command } from './commands.js';
import { AUTO, SOUND_ONLY, type Quality } from './engine.js';
import { Icon } from './icon.js';
import styles from './player.module.css';
import type { Captions } from './use-captions.js';
import type { Engaged } from './use-engine.js';
import type { VideoState } from './use-video-state.js';

interface Props {
  state: VideoState;
  durationMs: number;
  isFullScreen: boolean;
  obey: (command: Command) => void;
  onVolume: (volume: number) => void;
}

export function Buttons({ state, durationMs, isFullScreen, obey, onVolume }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        label={state.isPaused ? t('player.play') : t('player.pause')}
        shape={state.isPaused ? 'play' : 'pause'}
        onPress={() => obey({ does: 'toggle' })}
      />
      <IconButton label={t('player.back')} shape="back" onPress={() => obey({ does: 'seek', byMs: -10_000 })} />
      <IconButton label={t('player.forward')} shape="forward" onPress={() => obey({ does: 'seek', byMs: 10_000 })} />
      <span className={styles.time}>
        {clockTime(state.atMs)} / {clockTime(durationMs)}
      </span>
      <IconButton
        label={state.isMuted ? t('player.unmute') : t('player.mute')}
        shape={state.isMuted ? 'muted' : 'sound'}
        onPress={() => obey({ does: 'mute' })}
      />
      <input
        className={styles.volume}
        type="range"
        aria-label={t('player.volume')}
        aria-valuetext={`${Math.round(state.volume * 100)} %`}
        min={0}
        max={1}
        step={0.05}
        value={state.isMuted ? 0 : state.volume}
        onChange={({ currentTarget }) => onVolume(Number(currentTarget.value))}
      />
      <IconButton
        label={isFullScreen ? t('player.leaveFullScreen') : t('player.fullScreen')}
        shape={isFullScreen ? 'leaveFullScreen' : 'fullScreen'}
        onPress={() => obey({ does: 'full-screen' })}
      />
    </>
  );
}

interface IconButtonProps {
  label: string;
  shape: Parameters<typeof Icon>[0]['shape'];
  onPress: () => void;
}

function IconButton({ label, shape, onPress }: IconButtonProps) {
  return (
    <button type="button" className={styles.button} aria-label={label} title={label} onClick={onPress}>
      <Icon shape={shape} />
    </button>
  );
}

interface MenusProps {
  rate: number;
  onRate: (rate: number) => void;
  engaged: Engaged;
  captions: Captions;
}

export function Menus({ rate, onRate, engaged, captions }: MenusProps) {
  const { t } = useTranslation();
  const qualityName = (quality: Quality) =>
    quality === AUTO ? t('player.qualityAuto') : quality === SOUND_ONLY ? t('player.qualityAudio') : `${quality}p`;
  return (
    <div className={styles.menus}>
      <Menu
        label={t('player.speed')}
        value={String(rate)}
        options={speeds.map((speed) => [String(speed), `${speed}×`])}
        onChoose={(speed) => onRate(Number(speed))}
      />
      <Menu
        label={t('player.quality')}
        value={engaged.quality}
        options={engaged.qualities.map((quality) => [quality, qualityName(quality)])}
        onChoose={engaged.choose}
      />
      <Menu
        label={t('player.captions')}
        value={captions.language}
        options={[
          ['', captions.offered.length > 0 ? t('player.captionsOff') : t('player.captionsNone')],
          ...captions.offered.map(({ language, label }): [string, string] => [language, label]),
        ]}
        onChoose={captions.choose}
      />
    </div>
  );
}

interface MenuProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChoose: (value: string) => void;
}

function Menu({ label, value, options, onChoose }: MenuProps) {
  return (
    <label className={styles.menu}>
      <span>{label}</span>
      <select data-part="menu" value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
