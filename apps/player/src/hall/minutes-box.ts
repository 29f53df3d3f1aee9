import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What a hall tells beside its batches: it goes to the house, never into the ledger. */
export interface Minutes {
  readonly sessionId: string;
  /** The credential that the session belongs to. */
  readonly owner: string;
  /** Of the codes that the screen shows; told as soon as there is a link. */
  readonly key?: string | undefined;
  readonly speakers?: readonly string[];
  /** The paper minutes, as a small JPEG; never the room. */
  readonly photo?: Blob | undefined;
  /** Grows with everything that is added. */
  readonly revision?: number;
  /** Why the house will not have them; not sent again. */
  readonly refused?: string;
}

/** A code that somebody has read off a hall's screen with this phone. */
export interface Claim {
  readonly sessionId: string;
  readonly owner: string;
  readonly step: number;
  readonly code: string;
  /** By the clock of the phone, Unix milliseconds. */
  readonly scannedAtMs: number;
}

interface Schema extends DBSchema {
  minutes: { key: string; value: Minutes };
  claims: { key: [owner: string, sessionId: string]; value: Claim };
}

export type MinutesBox = IDBPDatabase<Schema>;

/** A database of its own: photos are large, and nothing else waits for them. */
export function openMinutesBox(name = 'lectern-hall'): Promise<MinutesBox> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('minutes', { keyPath: 'sessionId' });
      db.createObjectStore('claims', { keyPath: ['owner', 'sessionId'] });
    },
  });
}
