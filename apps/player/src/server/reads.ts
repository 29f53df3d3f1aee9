import { readKept } from '../kept/read-kept.js';
import type { PlayerDatabase } from '../store/player-database.js';
import { authorizationOf, viewerKey, type Viewer } from '../viewer/viewer.js';
import { Refusal } from './refusal.js';
import { request } from './request.js';

export interface Read<T> {
  readonly value: T;
  /** From what was kept, because the server could not be reached. */
  readonly isKept: boolean;
}

/** Reads from the server, or without a link what it last told this viewer, or what is kept on the device. @throws {Refusal} */
export async function read<T>(db: PlayerDatabase, viewer: Viewer, path: string): Promise<Read<T>> {
  try {
    const value = await request<T>(path, { authorization: authorizationOf(viewer) });
    await db.put('reads', { viewer: viewerKey(viewer), path, body: value });
    return { value, isKept: false };
  } catch (error) {
    const kept = isOutOfReach(error) ? await lastAnswer(db, viewer, path) : undefined;
    if (kept === undefined) throw error;
    return { value: kept as T, isKept: true };
  }
}

/** What the server said to the same question, or what the lectures that are kept here say to it. */
async function lastAnswer(db: PlayerDatabase, viewer: Viewer, path: string): Promise<unknown> {
  const known = await db.get('reads', [viewerKey(viewer), path]);
  return known ? known.body : readKept(db, viewer, path);
}

const isOutOfReach = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'no-link' || error.status >= 500);
