import type { SessionReport, SessionResult } from '#libs/contracts';
import { isSomebodyElses } from '#libs/domain';
import { v7 as uuidv7 } from 'uuid';
import type { OutboxBatch } from './pending.js';

/** The house did not take it, and may yet: a roster is put right, or its owner signs in. */
export const NOT_YOURS = 'not-yours';

/** After the first refusal; doubled with each further one, so that what never comes right is hardly ever sent. */
const FIRST_WAIT_MS = 24 * 3600_000;
/** A clock that goes back at each start tells no days: then it is tried at so many starts. */
const MOST_TRIES_WITHOUT_A_CLOCK = 5;

interface Held {
  readonly heldAtMs?: number;
  readonly tries?: number;
}

/** Each try is a batch more that the house remembers. */
export function isDue({ heldAtMs = 0, tries = 1 }: Held, nowMs: number): boolean {
  const waitedMs = nowMs - heldAtMs;
  return waitedMs < 0 ? tries < MOST_TRIES_WITHOUT_A_CLOCK : waitedMs >= FIRST_WAIT_MS * 2 ** (tries - 1);
}

/** The same in another batch: an id gets the same answer for ever. It has no number, since the one that it had has arrived. */
export function anew({ owner, content, tries = 0 }: OutboxBatch): OutboxBatch {
  const id = uuidv7();
  return { id, owner, content: { ...content, id, number: undefined }, tries: tries + 1 };
}

/** What of a batch the house has refused as somebody else's, without what it has taken; undefined when there is none. */
export function somebodyElses(batch: OutboxBatch, results: readonly SessionResult[]): OutboxBatch | undefined {
  const refused = results.filter(isSomebodyElses);
  if (refused.length === 0) return undefined;
  const sessions = batch.content.sessions.flatMap((report) => refusedPart(report, refused));
  // A house that speaks of other sessions than these: nothing is given up on its word.
  return sessions.length === 0 ? batch : { ...batch, content: { ...batch.content, sessions } };
}

/**
 * All of a session that is not the sender's to report. Of a hall's, who is not on its roster: what its head tells was taken, and
 * must not be told again by a later batch than one that has told better since.
 */
function refusedPart(report: SessionReport, results: readonly SessionResult[]): SessionReport[] {
  const refused = results
    .filter(({ session }) => session === report.id)
    .flatMap((result) => result.refused.filter(({ code }) => code === NOT_YOURS));
  if (refused.length === 0) return [];
  if (refused.some(({ item, seq }) => item !== 'presence' || seq === null)) return [report];
  const seqs = new Set(refused.map(({ seq }) => seq));
  return [
    {
      ...report,
      headCount: null,
      note: null,
      spans: [],
      presences: report.presences.filter(({ seq }) => seqs.has(seq)),
    },
  ];
}
