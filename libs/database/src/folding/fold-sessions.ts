import { shift } from '#libs/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { sessionRowsOf } from '../tracking/derive.js';
import { settleSession, startOf } from '../tracking/derive-session.js';
import { lockForDeriving } from '../tracking/derived.queries.js';
import { presenceRows, sessionRows, spanRows, type Folded } from '../tracking/evidence.queries.js';
import { multirangeOf } from '../tracking/multirange.js';
import { rulingRows } from '../tracking/rulings.queries.js';
import {
  type Boot,
  dropAnchors,
  dropAnswers,
  dropDetail,
  holdSession,
  keepFolded,
  sessionsToFold,
} from './folding.queries.js';

const AT_ONCE = 200;

/**
 * Folds sessions whose detail has been kept as long as their unit wants: spans, presences and refusals give way to what they
 * gave. Gives how many were folded, at most about `limit`.
 */
export async function foldSessions(database: DataSource, limit: number, signal: AbortSignal): Promise<number> {
  let folded = 0;
  let ids = await sessionsToFold(database.manager, null, AT_ONCE);
  while (ids.length > 0 && folded < limit) {
    const boots: Boot[] = [];
    for (const id of ids) {
      signal.throwIfAborted();
      const boot = await database.transaction((db) => foldSession(db, id));
      if (boot) boots.push(boot);
    }
    folded += boots.length;
    await dropAnchors(database.manager, boots);
    for (const credential of new Set(boots.map((boot) => boot.credential)))
      await dropAnswers(database.manager, credential);
    ids = await sessionsToFold(database.manager, ids.at(-1) ?? null, AT_ONCE);
  }
  return folded;
}

/** @throws {Error} when something else would follow from what stays: then all of it stays. */
async function foldSession(db: EntityManager, id: string): Promise<Boot | undefined> {
  await lockForDeriving(db, 'session', [id]);
  const held = await holdSession(db, id);
  if (!held) return undefined;
  const before = await derivedWords(db, id);
  const { folded, people } = await whatStays(db, id);
  await keepFolded(db, id, folded, people);
  if ((await derivedWords(db, id)) !== before) throw new Error(`Session ${id} would not be the same once folded.`);
  await dropDetail(db, id);
  return held;
}

/** All that counts, in one order, without what was refused. */
async function derivedWords(db: EntityManager, id: string): Promise<string> {
  const { records, audience, minutes } = await sessionRowsOf(db, [id]);
  return JSON.stringify([records, audience, minutes].map((rows) => rows.map(inOrder).sort()));
}

const inOrder = (row: object): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

async function whatStays(db: EntityManager, id: string): Promise<{ folded: Folded; people: object[] }> {
  const [session] = await sessionRows(db, [id]);
  if (!session) throw new Error(`There is no session ${id}.`);
  const settled = settleSession(session, {
    spans: await spanRows(db, [id]),
    presences: await presenceRows(db, [id]),
    rulings: await rulingRows(db, [id]),
  });
  const { wallZeroMs, datedBy } = settled.dating;
  const there = settled.attendances.map(({ learnerId, grade, watched, played }) => {
    const claimed = settled.claimants.has(learnerId);
    return { ...person(id, learnerId, grade), watched, played: multirangeOf(shift(played, wallZeroMs)), claimed };
  });
  return {
    folded: { ...startOf(session, settled.spans.counted, settled.dating), datedBy },
    people: [...there, ...rollOf(settled, id)],
  };
}

const person = (session_id: string, learner_id: string, grade: string) => ({ session_id, learner_id, grade });
const NOTHING = { watched: { A: [], B: [], C: [] }, played: '{}', claimed: false };

/** Where nothing played, those on the roll. */
function rollOf({ attendances, presences }: ReturnType<typeof settleSession>, sessionId: string): object[] {
  if (attendances.length > 0) return [];
  const best = new Map<string, string>();
  for (const { learnerId, grade } of presences.counted) {
    const before = best.get(learnerId);
    if (!before || grade < before) best.set(learnerId, grade);
  }
  return [...best].map(([learnerId, grade]) => ({ ...person(sessionId, learnerId, grade), ...NOTHING }));
}
