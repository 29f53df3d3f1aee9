import type { DataSource } from 'typeorm';
import { dropOrphanedAnchors, pruneSome, pruneSteps } from './prune.queries.js';

const AT_ONCE = 5000;
/** Anchors are looked through in so many nights. */
export const ANCHOR_SHARES = 30;

/** Removes what no total, explanation, dispute or answer to a batch needs any more. Gives how many rows went. */
export async function prune(database: DataSource, share: number, signal: AbortSignal): Promise<number> {
  const db = database.manager;
  const ofBoots = { share, shares: ANCHOR_SHARES };
  let gone = await emptied((limit) => dropOrphanedAnchors(db, ofBoots, limit), signal);
  for (const step of pruneSteps) gone += await emptied((limit) => pruneSome(db, step, limit), signal);
  return gone;
}

/** A little at a time, until there is no more. */
async function emptied(take: (limit: number) => Promise<number>, signal: AbortSignal): Promise<number> {
  let gone = 0;
  for (let some = AT_ONCE; some === AT_ONCE; gone += some) {
    signal.throwIfAborted();
    some = await take(AT_ONCE);
  }
  return gone;
}
