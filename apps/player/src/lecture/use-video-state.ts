import { useEffect, useState, type RefObject } from 'react';

/** What the controls show of the `<video>`. */
export interface VideoState {
  readonly isPaused: boolean;
  readonly isWaiting: boolean;
  readonly hasEnded: boolean;
  readonly atMs: number;
  readonly rate: number;
  readonly volume: number;
  readonly isMuted: boolean;
}

const atRest: VideoState = {
  isPaused: true,
  isWaiting: false,
  hasEnded: false,
  atMs: 0,
  rate: 1,
  volume: 1,
  isMuted: false,
};

const events = [
  'play',
  'playing',
  'pause',
  'waiting',
  'canplay',
  'seeking',
  'seeked',
  'ended',
  'timeupdate',
  'ratechange',
  'volumechange',
  'emptied',
  'loadedmetadata',
] as const;

const stateOf = (video: HTMLVideoElement): VideoState => ({
  isPaused: video.paused,
  isWaiting: !video.paused && !video.ended && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
  hasEnded: video.ended,
  atMs: video.currentTime * 1000,
  rate: video.playbackRate,
  volume: video.volume,
  isMuted: video.muted,
});

export function useVideoState(ref: RefObject<HTMLVideoElement | null>): VideoState {
  const [state, setState] = useState(atRest);
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    const look = () => setState(stateOf(video));
    for (const event of events) video.addEventListener(event, look);
    return () => {
      for (const event of events) video.removeEventListener(event, look);
    };
  }, [ref]);
  return state;
}
