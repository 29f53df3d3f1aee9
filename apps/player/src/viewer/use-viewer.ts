import { createContext, useContext, useSyncExternalStore } from 'react';
import { useServices } from '../services.js';
import type { Viewer } from './viewer.js';

/** A viewer who stands in for whoever is signed in: in hall mode the screen acts for its site. */
export const StandInContext = createContext<Viewer | undefined>(undefined);

export function useViewer(): Viewer {
  const { viewers } = useServices();
  const current = useSyncExternalStore(viewers.subscribe, viewers.current);
  return useContext(StandInContext) ?? current;
}
