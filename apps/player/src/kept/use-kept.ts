import { useEffect, useState, useSyncExternalStore } from 'react';
import { useServices } from '../services.js';
import type { KeptState } from './kept-library.js';
import { roomHere, type Room } from './room.js';

export function useKept(): KeptState {
  const { kept } = useServices();
  return useSyncExternalStore(kept.subscribe, kept.current);
}

/** Looked at anew when what is kept has changed. */
export function useRoom(): Room | undefined {
  const { lectures } = useKept();
  const [room, setRoom] = useState<Room>();
  const keptBytes = lectures.reduce((sum, kept) => sum + kept.keptBytes, 0);
  useEffect(() => {
    let isCurrent = true;
    void roomHere().then((found) => isCurrent && setRoom(found));
    return () => {
      isCurrent = false;
    };
  }, [keptBytes]);
  return room;
}
