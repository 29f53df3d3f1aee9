import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react';
import { commandOf, isHallKey, nextSpeed, type Command, type Part } from './commands.js';
import type { Captions } from './use-captions.js';

const IDLE_AFTER_MS = 3000;

interface Elements {
  readonly player: RefObject<HTMLElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Fills a hall's screen without being full screen; only the keys of a hall are obeyed. */
  readonly fills?: boolean;
}

export interface Player {
  readonly obey: (command: Command) => void;
  readonly seekTo: (ms: number) => void;
  readonly setRate: (rate: number) => void;
  readonly setVolume: (volume: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly isFullScreen: boolean;
  /** Where the picture fills the screen, when nobody has moved for a while. */
  readonly isIdle: boolean;
}

function partOf(target: EventTarget): Part {
  if (!(target instanceof HTMLElement)) return 'surface';
  const named = target.dataset['part'];
  if (named === 'seek-bar' || named === 'menu') return named;
  if (target instanceof HTMLInputElement) return 'slider';
  return target instanceof HTMLButtonElement || target.tagName === 'SUMMARY' ? 'button' : 'surface';
}

/** A browser may refuse to start with sound before anybody has touched the page; then the button is still there. */
function start(video: HTMLVideoElement): void {
  void video.play().catch(() => undefined);
}

function toggleFullScreen(player: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void player?.requestFullscreen();
}

function changeRate(video: HTMLVideoElement, rate: number): void {
  video.playbackRate = rate;
  // A change of source goes back to the default.
  video.defaultPlaybackRate = rate;
}

function moveTo(video: HTMLVideoElement, seconds: number): void {
  const end = Number.isFinite(video.duration) ? video.duration : seconds;
  video.currentTime = Math.min(Math.max(0, seconds), end);
}

type VideoCommand = Exclude<Command, { does: 'full-screen' | 'captions' }>;

function obeyOn(video: HTMLVideoElement, command: VideoCommand): void {
  switch (command.does) {
    case 'toggle':
      if (video.paused) start(video);
      else video.pause();
      break;
    case 'play':
      start(video);
      break;
    case 'pause':
      video.pause();
      break;
    case 'mute':
      video.muted = !video.muted;
      break;
    case 'seek':
      moveTo(video, video.currentTime + command.byMs / 1000);
      break;
    case 'speed':
      changeRate(video, nextSpeed(video.playbackRate, command.by));
  }
}

/** What can be done with the player, by button, key, media key or remote control. */
export function usePlayer({ player, video, fills = false }: Elements, { offered, language, choose }: Captions): Player {
  const { isFullScreen, isIdle } = useFullScreen(player, fills);
  useMediaSession(video);
  const on = (act: (element: HTMLVideoElement) => void) => {
    if (video.current) act(video.current);
  };
  const obey = (command: Command) => {
    if (command.does === 'full-screen') toggleFullScreen(player.current);
    else if (command.does === 'captions') choose(language === '' ? (offered[0]?.language ?? '') : '');
    else on((element) => obeyOn(element, command));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isShortcut = event.ctrlKey || event.altKey || event.metaKey;
    const command =
      isShortcut || (fills && !isHallKey(event.key)) ? undefined : commandOf(event.key, partOf(event.target));
    if (!command) return;
    event.preventDefault();
    obey(command);
  };

  return {
    obey,
    onKeyDown,
    isFullScreen,
    isIdle,
    seekTo: (ms) => on((element) => moveTo(element, ms / 1000)),
    setRate: (rate) => on((element) => changeRate(element, rate)),
    setVolume: (volume) =>
      on((element) => {
        element.volume = volume;
        element.muted = volume === 0;
      }),
  };
}

function useFullScreen(player: RefObject<HTMLElement | null>, fills: boolean) {
  const [isFullScreen, setIsFullScreen] = useState(false);
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stir = () => {
      setIsIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIsIdle(true), IDLE_AFTER_MS);
    };
    const change = () =>
      setIsFullScreen(document.fullscreenElement !== null && document.fullscreenElement === player.current);
    const stirring = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    document.addEventListener('fullscreenchange', change);
    for (const event of stirring) document.addEventListener(event, stir);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('fullscreenchange', change);
      for (const event of stirring) document.removeEventListener(event, stir);
    };
  }, [player]);
  return { isFullScreen, isIdle: isIdle && (isFullScreen || fills) };
}

/** Keys of a keyboard, a headset or a remote control that the system handles itself. */
function useMediaSession(video: RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    if (!('mediaSession' in navigator)) return;
    const handlers: [MediaSessionAction, VideoCommand][] = [
      ['play', { does: 'play' }],
      ['pause', { does: 'pause' }],
      ['seekbackward', { does: 'seek', byMs: -10_000 }],
      ['seekforward', { does: 'seek', byMs: 10_000 }],
    ];
    for (const [action, command] of handlers)
      navigator.mediaSession.setActionHandler(action, () => video.current && obeyOn(video.current, command));
    return () => {
      for (const [action] of handlers) navigator.mediaSession.setActionHandler(action, null);
    };
  }, [video]);
}
