import type { LectureView, PlayGrant } from '#libs/contracts';
import type { Interval } from '#libs/domain';
import { useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaySession } from '../recording/play-session.js';
import type { SessionKeeper } from '../recording/session-keeper.js';
import { useRecording } from '../recording/use-recording.js';
import { useServices } from '../services.js';
import { Buttons, Menus } from './controls.js';
import { SOUND_ONLY, type Trouble } from './engine.js';
import { Icon } from './icon.js';
import styles from './player.module.css';
import { SeekBar } from './seek-bar.js';
import { useCaptions } from './use-captions.js';
import { useEngine } from './use-engine.js';
import { useHalt } from './use-halt.js';
import { usePlayer } from './use-player.js';
import { useVideoState, type VideoState } from './use-video-state.js';

interface Props {
  lecture: LectureView;
  grant: PlayGrant;
  renewGrant: () => void;
  /** None: watching is not recorded. */
  session: PlaySession | undefined;
  keeper: SessionKeeper | undefined;
  /** None where nobody's own watching is shown. */
  watched: readonly Interval[] | undefined;
  /** Does not play, for instance while a hall discusses; goes on afterwards if it played before. */
  isHalted?: boolean;
  /** Fills the room it is given; arrows only move the focus, and letters are a scanner's. What goes full screen is this. */
  hall?: RefObject<HTMLElement | null>;
  onEnded?: () => void;
}

const sentences = {
  'no-link': 'lecture.offlineWaiting',
  token: 'error.play-token-expired',
  media: 'player.unplayable',
} as const satisfies Record<Trouble, string>;

const lookOf = (fills: boolean, isIdle: boolean): string =>
  [styles.player, fills && styles.filling, isIdle && styles.idle].filter(Boolean).join(' ');

/** Plays one edition, with controls made of native elements, and records what is watched. */
export function LecturePlayer({
  lecture,
  grant,
  renewGrant,
  session,
  keeper,
  watched,
  isHalted = false,
  ...rest
}: Props) {
  const { hall, onEnded } = rest;
  const { t } = useTranslation();
  const { boot } = useServices();
  const box = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const state = useVideoState(video);
  const captions = useCaptions(video);
  const engaged = useEngine(video, grant, renewGrant);
  const player = usePlayer({ player: hall ?? box, video, fills: hall !== undefined }, captions);
  useRecording(video, session, keeper, boot);
  useHalt(video, isHalted);
  const { durationMs } = grant;
  return (
    <section
      ref={box}
      className={lookOf(hall !== undefined, player.isIdle)}
      inert={isHalted}
      aria-label={t('player.label', { title: lecture.title })}
      onKeyDown={player.onKeyDown}
    >
      <div
        className={styles.surface}
        tabIndex={0}
        role="group"
        aria-label={hall ? t('hall.picture') : t('player.keys')}
        onClick={() => player.obey({ does: 'toggle' })}
      >
        <video ref={video} playsInline preload="auto" poster={grant.posterUrl ?? undefined} onEnded={onEnded} />
        {state.isPaused && !state.hasEnded && (
          <span className={styles.begin} aria-hidden="true">
            <Icon shape="play" />
          </span>
        )}
        <Status state={state} trouble={engaged.trouble} isSoundOnly={engaged.quality === SOUND_ONLY} />
      </div>
      <div className={styles.bar}>
        <SeekBar
          atMs={state.atMs}
          durationMs={durationMs}
          thumbnails={grant.thumbnails}
          watched={watched}
          onSeek={player.seekTo}
        />
        <div className={styles.buttons}>
          <Buttons
            state={state}
            durationMs={durationMs}
            isFullScreen={player.isFullScreen}
            obey={player.obey}
            onVolume={player.setVolume}
          />
          <Menus rate={state.rate} onRate={player.setRate} engaged={engaged} captions={captions} />
        </div>
      </div>
    </section>
  );
}

interface StatusProps {
  state: VideoState;
  trouble: Trouble | undefined;
  isSoundOnly: boolean;
}

/** What is under way goes on as long as it is buffered, so trouble is told only where it is felt. */
function Status({ state, trouble, isSoundOnly }: StatusProps) {
  const { t } = useTranslation();
  const isStuck = state.isPaused || state.isWaiting;
  const sentence = () => {
    if (trouble && isStuck) return t(sentences[trouble]);
    if (state.isWaiting) return t('player.buffering');
    if (state.hasEnded) return t('player.ended');
    return isSoundOnly && !state.isPaused ? t('player.soundOnly') : '';
  };
  return (
    <div className={styles.status} role="status">
      {sentence()}
    </div>
  );
}
