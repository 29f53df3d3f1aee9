import type { PlayerDatabase } from '../store/player-database.js';
import { authorizationOf, viewerKey, type Viewer } from '../viewer/viewer.js';
import { Refusal } from './refusal.js';
import { request } from './request.js';

export interface Read<T> {
  readonly value: T;
  /** From what was kept, because the server could not be reached. */
  readonly isKept: boolean;
}

/** Reads from the server, or without a link what it last told this viewer. @throws {Refusal} */
export async function read<T>(db: PlayerDatabase, viewer: Viewer, path: string): Promise<Read<T>> {
  try {
    const value = await request<T>(path, { authorization: authorizationOf(viewer) });
    await db.put('reads', { viewer: viewerKey(viewer), path, body: value });
    return { value, isKept: false };
  } catch (error) {
    const kept = isOutOfReach(error) ? await db.get('reads', [viewerKey(viewer), path]) : undefined;
    if (!kept) throw error;
    return { value: kept.body as T, isKept: true };
  }
}

const isOutOfReach = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'no-link' || error.status >= 500);
