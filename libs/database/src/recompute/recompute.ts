import type { DataSource, EntityManager } from 'typeorm';
import { Disagreement } from '../entities/index.js';
import type { DifferentRow } from './compare.queries.js';
import { learners } from './learners.js';
import { keyOfWord, wordOf, type Key, type Part } from './part.js';
import { sessions } from './sessions.js';
import { siteDays } from './site-days.js';
import { unitDays } from './unit-days.js';

/** From the ledger upwards. */
const parts: readonly Part[] = [sessions, learners, siteDays, unitDays];

/** What a recompute found on one level. */
export interface Found {
  readonly kind: Part['kind'];
  readonly checked: number;
  /** Not yet derived; nothing is said of these. */
  readonly waiting: number;
  readonly differing: number;
  /** Of the first few that differ, all rows that do. */
  readonly first: readonly DifferentRow[];
}

const SHOWN = 5;
const NOTED_AT_ONCE = 1_000;

class Tally {
  checked = 0;
  waiting = 0;
  differing = 0;
  readonly first: DifferentRow[] = [];

  constructor(readonly kind: Part['kind']) {}

  note(checked: number, waiting: number, rows: readonly DifferentRow[]): void {
    this.checked += checked;
    this.waiting += waiting;
    const keys = new Set(rows.map(({ key }) => key));
    const shown = [...keys].slice(0, Math.max(0, SHOWN - this.differing));
    this.first.push(...rows.filter(({ key }) => shown.includes(key)));
    this.differing += keys.size;
  }

  get found(): Found {
    const { kind, checked, waiting, differing, first } = this;
    return { kind, checked, waiting, differing, first };
  }
}

/** In one snapshot: what is derived while we look cannot seem wrong. */
const look = (database: DataSource, part: Part, keys: readonly Key[], tally: Tally): Promise<DifferentRow[]> =>
  database.transaction('REPEATABLE READ', async (db) => {
    const waiting = new Set((await part.waiting(db, keys)).map(wordOf));
    const settled = keys.filter((key) => !waiting.has(wordOf(key)));
    const rows = settled.length > 0 ? await part.differences(db, settled) : [];
    tally.note(settled.length, waiting.size, rows);
    return rows;
  });

/**
 * Derives everything anew from the ledger, some at a time, and compares it with what stands; with `write`, what follows
 * from the ledger is put in place of what does not. Tells after each step how far it is.
 */
export async function recompute(
  database: DataSource,
  { write, tell }: { readonly write: boolean; readonly tell: (kind: Part['kind'], checked: number) => void },
): Promise<Found[]> {
  const found: Found[] = [];
  for (const part of parts) {
    const tally = new Tally(part.kind);
    for (let keys = await part.after(database.manager, null, part.atOnce); keys.length > 0;) {
      const rows = await look(database, part, keys, tally);
      if (write && rows.length > 0) await part.write(database, [...new Set(rows.map(({ key }) => key))].map(keyOfWord));
      tell(part.kind, tally.checked);
      keys = await part.after(database.manager, keys.at(-1) ?? null, part.atOnce);
    }
    found.push(tally.found);
  }
  await lookAtNoted(database);
  return found;
}

/** Recomputes about so many of each kind, anywhere, and notes what disagrees; what was noted and agrees again is forgotten. */
export async function recomputeSample(database: DataSource, about: number, signal: AbortSignal): Promise<Found[]> {
  await lookAtNoted(database);
  const found: Found[] = [];
  for (const part of parts) {
    const tally = new Tally(part.kind);
    const keys = await part.sample(database.manager, about);
    for (let start = 0; start < keys.length; start += part.atOnce) {
      signal.throwIfAborted();
      const rows = await look(database, part, keys.slice(start, start + part.atOnce), tally);
      await noteDisagreements(database.manager, part.kind, rows);
    }
    found.push(tally.found);
  }
  return found;
}

const noteDisagreements = async (
  db: EntityManager,
  kind: Part['kind'],
  rows: readonly DifferentRow[],
): Promise<void> => {
  const notes = [...new Set(rows.map(({ key }) => key))].map((key) => ({ kind, key }));
  if (notes.length > 0) {
    await db.createQueryBuilder().insert().into(Disagreement).values(notes).orIgnore().updateEntity(false).execute();
  }
};

/** Looks again at what disagreed: it may have been derived anew, or come to nothing. */
async function lookAtNoted(database: DataSource): Promise<void> {
  for (const { kind, key } of await database.manager.find(Disagreement, { take: NOTED_AT_ONCE })) {
    const tally = new Tally(kind);
    const part = parts.find((one) => one.kind === kind);
    if (part) await look(database, part, [keyOfWord(key)], tally);
    if (tally.differing + tally.waiting === 0) await database.manager.delete(Disagreement, { kind, key });
  }
}
