import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeepOrder, KeptLecture } from './kept-lecture.js';

/** Apart from what was watched: losing one must never endanger the other. */
export interface KeptSchema extends DBSchema {
  lectures: { key: string; value: KeptLecture };
  orders: { key: [owner: string, key: string]; value: KeepOrder };
  /** Pieces of blobs whose end has not come yet. */
  partial: { key: [path: string, offset: number]; value: PartialPiece };
  /** Bytes that this device has taken over the link, by month of its site. */
  used: { key: string; value: number };
}

/** Bytes of a blob from `offset` on. */
export interface PartialPiece {
  readonly path: string;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type KeptDatabase = IDBPDatabase<KeptSchema>;

export function openKeptDatabase(name = 'lectern-kept'): Promise<KeptDatabase> {
  return openDB<KeptSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('lectures', { keyPath: 'lectureId' });
      db.createObjectStore('orders', { keyPath: ['owner', 'key'] });
      db.createObjectStore('partial', { keyPath: ['path', 'offset'] });
      db.createObjectStore('used');
    },
  });
}

let opened: Promise<KeptDatabase> | undefined;

/** Of this page; opened when it is first needed. */
export const keptDatabase = (): Promise<KeptDatabase> => (opened ??= openKeptDatabase());
