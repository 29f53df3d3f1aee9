import { useEffect, useRef, type RefObject } from 'react';

/** Holds the video still, whoever wants it to play, and lets it go on afterwards if it played before. */
export function useHalt(video: RefObject<HTMLVideoElement | null>, isHalted: boolean): void {
  const wasPlaying = useRef(false);
  useEffect(() => {
    const element = video.current;
    if (!isHalted || !element) return;
    const hold = () => element.pause();
    wasPlaying.current = !element.paused && !element.ended;
    hold();
    element.addEventListener('play', hold);
    return () => {
      element.removeEventListener('play', hold);
      if (wasPlaying.current) void element.play().catch(() => undefined);
    };
  }, [video, isHalted]);
}
