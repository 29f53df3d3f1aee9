import { useCallback, useEffect, useState } from 'react';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { viewerKey } from '../viewer/viewer.js';
import { read, type Read } from './reads.js';
import { reasonOf, type RefusalReason } from './refusal.js';

export type Reading<T> =
  | { readonly state: 'loading' }
  | ({ readonly state: 'ready' } & Read<T>)
  | { readonly state: 'failed'; readonly reason: RefusalReason };

export interface Reader<T> {
  readonly reading: Reading<T>;
  readonly again: () => void;
}

/** What the API tells under `path`, read anew when the path or the viewer changes and when the link comes back. */
export function useRead<T>(path: string): Reader<T> {
  const { db } = useServices();
  const viewer = useViewer();
  const [attempt, setAttempt] = useState(0);
  const subject = `${viewerKey(viewer)} ${path}`;
  const [known, setKnown] = useState<{ subject: string; reading: Reading<T> }>();
  const again = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    let isCurrent = true;
    const tell = (reading: Reading<T>) => {
      if (isCurrent) setKnown({ subject, reading });
    };
    read<T>(db, viewer, path).then(
      (found) => tell({ state: 'ready', ...found }),
      (error: unknown) => tell({ state: 'failed', reason: reasonOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [db, viewer, path, subject, attempt]);

  useEffect(() => {
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [again]);

  return { reading: known?.subject === subject ? known.reading : { state: 'loading' }, again };
}
