import { useEffect, type RefObject } from 'react';
import type { Boot } from './boot.js';
import type { Moment } from './moment.js';
import type { PlaySession } from './play-session.js';
import type { SessionKeeper } from './session-keeper.js';

/** A power cut loses no more than this (TRACKING.md rule 2 allows 10 s). */
const FLUSH_EVERY_MS = 5000;
/** While playing; what has been flushed is safe, so sending may take its time. */
const SEND_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 1000;

/** The `<video>` as the recorder sees it. */
function observe(video: HTMLVideoElement, session: PlaySession, boot: Boot) {
  const { recorder } = session;
  const now = (): Moment => ({ clockMs: boot.clockMs(), mediaMs: video.currentTime * 1000 });
  const isMoving = () => !video.paused && !video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  let isRecording = false;
  const start = () => {
    if (!isMoving()) return;
    recorder.start(now(), video.playbackRate);
    isRecording = true;
  };
  const stop = () => {
    if (isRecording) recorder.stop(now());
    isRecording = false;
  };
  const restart = () => {
    stop();
    start();
  };
  const look = () => {
    if (isRecording && isMoving()) recorder.advance(now());
    else if (isMoving()) start();
  };
  return { start, stop, restart, look };
}

const stops = ['pause', 'waiting', 'seeking', 'ended', 'emptied', 'error'] as const;

/** Records what the video plays into the session, and keeps it: also while the tab is hidden, frozen or being left. */
export function useRecording(
  ref: RefObject<HTMLVideoElement | null>,
  session: PlaySession | undefined,
  keeper: SessionKeeper | undefined,
  boot: Boot,
): void {
  useEffect(() => {
    const video = ref.current;
    if (!video || !session || !keeper) return;
    const seen = observe(video, session, boot);
    const flush = () => void keeper.flush();
    const send = () => void keeper.send();
    const leave = () => {
      seen.stop();
      flush();
    };
    const endings = [
      repeat(LOOK_EVERY_MS, seen.look),
      repeat(FLUSH_EVERY_MS, flush),
      repeat(SEND_EVERY_MS, send),
      listen(video, ['playing', 'ratechange'], seen.restart),
      listen(video, ['timeupdate'], seen.look),
      listen(video, stops, seen.stop),
      listen(video, ['pause', 'ended'], send),
      listen(window, ['pagehide'], leave),
      listen(document, ['freeze'], leave),
      listen(document, ['visibilitychange'], flush),
    ];
    return () => {
      for (const end of endings) end();
      seen.stop();
      send();
    };
  }, [ref, session, keeper, boot]);
}

function repeat(everyMs: number, work: () => void): () => void {
  const timer = setInterval(work, everyMs);
  return () => clearInterval(timer);
}

function listen(target: EventTarget, events: readonly string[], listener: () => void): () => void {
  for (const event of events) target.addEventListener(event, listener);
  return () => {
    for (const event of events) target.removeEventListener(event, listener);
  };
}
