import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What a hall's minutes hold beside the note: it goes to the house, never into the ledger. */
export interface Minutes {
  readonly sessionId: string;
  /** The credential that the session belongs to. */
  readonly owner: string;
  readonly speakers: readonly string[];
  /** The paper minutes, as a small JPEG; never the room. */
  readonly photo: Blob | undefined;
  /** Why the house will not have them; not sent again. */
  readonly refused?: string;
}

interface Schema extends DBSchema {
  minutes: { key: string; value: Minutes };
}

export type MinutesBox = IDBPDatabase<Schema>;

/** A database of its own: photos are large, and nothing else waits for them. */
export function openMinutesBox(name = 'lectern-hall'): Promise<MinutesBox> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('minutes', { keyPath: 'sessionId' });
    },
  });
}
