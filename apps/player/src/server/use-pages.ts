import type { Page } from '#libs/contracts';
import { useState } from 'react';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { read } from './reads.js';
import { reasonOf, type RefusalReason } from './refusal.js';
import { useRead, type Reader } from './use-read.js';

/** The path of a list, with the filters that are set. */
export function listPath(path: string, filters: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
}

const after = (path: string, cursor: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(cursor)}`;

export interface Pages<T> {
  readonly reader: Reader<Page<T>>;
  /** Of the pages after the first. */
  readonly rest: readonly T[];
  readonly more: (() => Promise<void>) | undefined;
  readonly isLoadingMore: boolean;
  readonly refused: RefusalReason | undefined;
}

interface Tail<T> extends Page<T> {
  readonly path: string;
}

const cursorOf = <T>({ reading }: Reader<Page<T>>): string | null =>
  reading.state === 'ready' ? reading.value.next : null;

/** A keyset-paged list: its first page, and more of it when asked. */
export function usePages<T>(path: string): Pages<T> {
  const { db } = useServices();
  const viewer = useViewer();
  const reader = useRead<Page<T>>(path);
  const [tail, setTail] = useState<Tail<T>>();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const [refused, setRefused] = useState<RefusalReason>();

  const own = tail?.path === path ? tail : undefined;
  const rest = own?.items ?? [];
  const next = own ? own.next : cursorOf(reader);

  const more = async () => {
    if (next === null) return;
    setIsLoadingMore(true);
    setRefused(undefined);
    try {
      const { value } = await read<Page<T>>(db, viewer, after(path, next));
      setTail({ path, items: [...rest, ...value.items], next: value.next });
    } catch (error) {
      setRefused(reasonOf(error));
    }
    setIsLoadingMore(false);
  };

  return { reader, rest, more: next === null ? undefined : more, isLoadingMore, refused };
}
