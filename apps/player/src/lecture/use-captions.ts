import { useCallback, useEffect, useState, type RefObject } from 'react';

export interface Caption {
  readonly language: string;
  readonly label: string;
}

export interface Captions {
  readonly offered: readonly Caption[];
  /** Empty: off. */
  readonly language: string;
  readonly choose: (language: string) => void;
}

const isCaption = ({ kind }: TextTrack): boolean => kind === 'subtitles' || kind === 'captions';
const captionsOf = (video: HTMLVideoElement): TextTrack[] => [...video.textTracks].filter(isCaption);

function show(video: HTMLVideoElement, language: string): void {
  for (const track of captionsOf(video)) {
    const mode = track.language === language ? 'showing' : 'disabled';
    if (track.mode !== mode) track.mode = mode;
  }
}

/** The captions that the playlist brings with it: the engine makes text tracks of them and fetches those that are shown. */
export function useCaptions(ref: RefObject<HTMLVideoElement | null>): Captions {
  const [offered, setOffered] = useState<readonly Caption[]>([]);
  const [language, setLanguage] = useState('');

  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    const look = () => {
      setOffered(captionsOf(video).map((track) => ({ language: track.language, label: track.label })));
      // Tracks of a new source begin as their playlist says; the viewer's choice stands.
      show(video, language);
    };
    const events = ['addtrack', 'removetrack'] as const;
    for (const event of events) video.textTracks.addEventListener(event, look);
    show(video, language);
    return () => {
      for (const event of events) video.textTracks.removeEventListener(event, look);
    };
  }, [ref, language]);

  const choose = useCallback((chosen: string) => setLanguage(chosen), []);
  return { offered, language, choose };
}
