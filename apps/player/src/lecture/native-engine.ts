import { AUTO, type Engine, type EngineEvents } from './engine.js';

export const canPlayNatively = (video: HTMLVideoElement): boolean =>
  video.canPlayType('application/vnd.apple.mpegurl') !== '';

/** Where the browser itself plays HLS (Safari), it also chooses the quality. */
export function openNative(
  video: HTMLVideoElement,
  playlistUrl: string,
  startMs: number,
  { onQualities, onTrouble, onFlow }: EngineEvents,
): Engine {
  const load = (url: string, atSeconds: number) => {
    video.src = url;
    video.addEventListener('loadedmetadata', () => (video.currentTime = atSeconds), { once: true });
  };
  const fail = () => onTrouble(video.error?.code === MediaError.MEDIA_ERR_NETWORK ? 'no-link' : 'token');
  video.addEventListener('error', fail);
  video.addEventListener('progress', onFlow);
  onQualities([AUTO]);
  load(playlistUrl, startMs / 1000);
  let currentUrl = playlistUrl;

  return {
    choose: () => undefined,
    renew(url) {
      currentUrl = url;
    },
    resume: () => load(currentUrl, video.currentTime),
    close() {
      video.removeEventListener('error', fail);
      video.removeEventListener('progress', onFlow);
      video.removeAttribute('src');
      video.load();
    },
  };
}
