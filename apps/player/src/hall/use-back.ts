import { useEffect, useEffectEvent } from 'react';

const BACK = new Set(['Escape', 'GoBack', 'BrowserBack']);

/** The Back key of a remote control closes what lies on top, instead of leaving the hall. */
export function useBack(isActive: boolean, onBack: () => void): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !BACK.has(event.key)) return;
    event.preventDefault();
    onBack();
  });
  useEffect(() => {
    if (!isActive) return;
    const listener = (event: KeyboardEvent) => hear(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}
