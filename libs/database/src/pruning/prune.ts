import type { DataSource } from 'typeorm';
import { dropOrphanedAnchors, pruneSome, pruneSteps } from './prune.queries.js';

const AT_ONCE = 5000;
/** Anchors are looked through in so many nights. */
export const ANCHOR_SHARES = 30;

/** Removes what no total, explanation, dispute or answer to a batch needs any more. Gives how many rows went. */
export async function prune(database: DataSource, share: number, signal: AbortSignal): Promise<number> {
  let gone = await dropOrphanedAnchors(database.manager, share, ANCHOR_SHARES);
  for (const step of pruneSteps) {
    let some = AT_ONCE;
    while (some === AT_ONCE) {
      signal.throwIfAborted();
      some = await pruneSome(database.manager, step, AT_ONCE);
      gone += some;
    }
  }
  return gone;
}
