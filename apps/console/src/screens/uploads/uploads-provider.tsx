import { createContext, use, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { server } from '../../server/client';
import { useWhoAmI } from '../../session/session';
import { digestOf } from './digest';
import { openTransfer } from './transfer';
import { UploadDesk } from './upload-desk';

const Desk = createContext<UploadDesk | null>(null);

const openDesk = () =>
  new UploadDesk({
    openTransfer,
    digestOf,
    tellDigest: (uploadId, sha256) => server.put(`/uploads/${uploadId}/digest`, { sha256 }),
    clockMs: () => performance.now(),
    later: (effect, delayMs) => void setTimeout(effect, delayMs),
  });

/** Keeps the desk while one walks through the screens, and through a sign-in again; another account finds it empty. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const accountId = useWhoAmI().data?.id;
  const [desk] = useState(openDesk);
  const owner = useRef<string>(undefined);
  useEffect(() => {
    if (accountId === undefined || accountId === owner.current) return;
    owner.current = accountId;
    desk.clear();
  }, [accountId, desk]);
  useEffect(() => {
    addEventListener('online', desk.wake);
    return () => removeEventListener('online', desk.wake);
  }, [desk]);
  return <Desk value={desk}>{children}</Desk>;
}

export function useDesk(): UploadDesk {
  const desk = use(Desk);
  if (!desk) throw new Error('There is no upload desk here.');
  return desk;
}

export function useUploadItems() {
  const desk = useDesk();
  return useSyncExternalStore(desk.watch, desk.items);
}
