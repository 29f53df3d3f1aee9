import type { AnchorReport, EnrolledDevice, SignerView } from '#libs/contracts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { OutboxBatch, PendingPart } from '../outbox/pending.js';
import type { RollDraft } from '../hall/roll-draft.js';
import type { Person } from '../viewer/viewer.js';

/** What this browser must remember across reloads, power cuts and days without a link. */
export interface PlayerSchema extends DBSchema {
  /** Tracking that is in no batch yet. */
  pending: { key: PendingPart['key']; value: PendingPart };
  /** Batches that wait for their acknowledgement. */
  batches: { key: string; value: OutboxBatch; indexes: { owner: string } };
  /** Batches that the server has refused whole: kept, shown, not sent again by themselves. */
  held: { key: string; value: OutboxBatch & { readonly code: string; readonly heldAtMs?: number } };
  anchors: { key: number; value: AnchorReport & { readonly bootId: string }; indexes: { bootId: string } };
  /** `Authorization` by owner; a learner's outlives their session. */
  credentials: {
    key: string;
    value: { readonly owner: string; readonly authorization: string; readonly deviceId?: string };
  };
  /** Last answers of reads, by viewer and path. */
  reads: {
    key: [viewer: string, path: string];
    value: { readonly viewer: string; readonly path: string; body: unknown };
  };
  things: { key: keyof Things; value: Things[keyof Things] };
}

export interface Things {
  person: Person;
  device: EnrolledDevice;
  /** Names this browser in batches while it is no enrolled device. */
  browserId: string;
  /** Somebody has signed out, and the server has not been told yet. */
  isLeaving: boolean;
  roll: RollDraft;
  installation: Installation;
  /** Who signs bundle files of which owner. */
  signers: Readonly<Record<string, CryptoKeyPair>>;
  /** The keys of the house that this player belongs to. */
  house: SignerView['house'];
}

/** Which browser this is, for as long as it remembers; and how many batches of whom it has made, by credential and device. */
export interface Installation {
  readonly id: string;
  readonly numbers: Readonly<Record<string, number>>;
}

export type PlayerDatabase = IDBPDatabase<PlayerSchema>;

export function openPlayerDatabase(name = 'lectern'): Promise<PlayerDatabase> {
  return openDB<PlayerSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('pending', { keyPath: 'key' });
      db.createObjectStore('batches', { keyPath: 'id' }).createIndex('owner', 'owner');
      db.createObjectStore('held', { keyPath: 'id' });
      db.createObjectStore('anchors', { autoIncrement: true }).createIndex('bootId', 'bootId');
      db.createObjectStore('credentials', { keyPath: 'owner' });
      db.createObjectStore('reads', { keyPath: ['viewer', 'path'] });
      db.createObjectStore('things');
    },
  });
}

export async function recall<K extends keyof Things>(db: PlayerDatabase, name: K): Promise<Things[K] | undefined> {
  return (await db.get('things', name)) as Things[K] | undefined;
}
