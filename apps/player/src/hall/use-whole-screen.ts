import { useEffect, type RefObject } from 'react';

/** While a hall runs there is nothing but the hall: no navigation that an arrow could stray into. Begins with the focus inside. */
export function useWholeScreen(isActive: boolean, stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isActive) return;
    document.documentElement.dataset['hall'] = 'running';
    stage.current?.focus();
    return () => {
      delete document.documentElement.dataset['hall'];
    };
  }, [isActive, stage]);
}
