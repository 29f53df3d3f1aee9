import type { OutboxBatch } from '../outbox/pending.js';

/** Of the text of one bundle. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_BATCHES = 500;

export interface Load {
  readonly owner: string;
  readonly batches: OutboxBatch[];
}

/** Sorts batches into loads of one owner each, since each is signed by its owner's key; none too large for a bundle. */
export function loadsOf(batches: readonly OutboxBatch[]): Load[] {
  const loads: Load[] = [];
  const open = new Map<string, { readonly load: Load; characters: number }>();
  for (const batch of batches) {
    const characters = JSON.stringify(batch.content).length;
    const last = open.get(batch.owner);
    if (last && last.characters + characters <= MOST_CHARACTERS && last.load.batches.length < MOST_BATCHES) {
      last.load.batches.push(batch);
      last.characters += characters;
    } else {
      const load = { owner: batch.owner, batches: [batch] };
      open.set(batch.owner, { load, characters });
      loads.push(load);
    }
  }
  return loads;
}
