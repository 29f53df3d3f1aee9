import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { editionLengths, mapsInto, pairsReached, playedRows, replaceCredits, watchedRows } from './credit.queries.js';
import { deriveCredit } from './derive-credit.js';
import { deriveSession } from './derive-session.js';
import {
  dropDerived,
  insertDerived,
  lockForDeriving,
  refreshSiteDays,
  type Pair,
  type SiteDay,
} from './derived.queries.js';
import { setAside, takeDirty, type DirtyOf } from './dirty.queries.js';
import { presenceRows, sessionRows, spanRows } from './evidence.queries.js';

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Credit of these learners for these editions, and for the newer ones to which it is carried. */
export async function deriveCredits(db: EntityManager, touched: readonly Pair[]): Promise<void> {
  if (touched.length === 0) return;
  const pairs = await pairsReached(db, touched);
  const learners = unique(pairs.map(({ learner_id }) => learner_id));
  await lockForDeriving(db, 'learner', learners);
  const maps = await mapsInto(db, unique(pairs.map(({ edition_id }) => edition_id)));
  const editions = unique(
    [...pairs, ...maps.map((map) => ({ edition_id: map.old_edition_id }))].map((of) => of.edition_id),
  );
  const evidence = {
    maps,
    watched: await watchedRows(db, learners, editions),
    played: await playedRows(db, learners, editions),
    lengths: await editionLengths(db, editions),
  };
  const rows = pairs.flatMap((pair) => deriveCredit(pair, evidence));
  await replaceCredits(db, pairs, rows);
}

/** Derives anew all that follows from these sessions: theirs, their learners' and their sites' days. */
async function deriveSessions(db: EntityManager, ids: readonly string[]): Promise<void> {
  await lockForDeriving(db, 'session', ids);
  const sessions = await sessionRows(db, ids);
  const [spans, presences] = [await spanRows(db, ids), await presenceRows(db, ids)];
  const before = await dropDerived(db, ids);
  const derived = sessions.map((session) =>
    deriveSession(
      session,
      spans.filter((span) => span.session_id === session.id),
      presences.filter((presence) => presence.session_id === session.id),
    ),
  );
  const rows = {
    records: derived.flatMap(({ records }) => records),
    audience: derived.flatMap(({ audience }) => audience),
    minutes: derived.flatMap(({ minutes }) => minutes),
    refusals: derived.flatMap(({ refusals }) => refusals),
  };
  await insertDerived(db, rows);
  await deriveCredits(db, [...before.pairs, ...(rows.audience as Pair[])]);
  const days = [...before.days, ...([...rows.records, ...rows.minutes] as SiteDay[])].filter(({ site_id }) => site_id);
  if (days.length === 0) return;
  await lockForDeriving(db, 'site', unique(days.map(({ site_id }) => site_id)));
  await refreshSiteDays(db, days);
}

const logger = new Logger('Derivation');

/** What can be derived, is: a session on which it fails is set aside, so that it never holds up the others. */
async function deriveAlone(database: DataSource, sessionId: string): Promise<void> {
  try {
    await database.transaction(async (db) => {
      const taken = await takeDirty(db, { sessionId }, 'ALL');
      if (taken.length > 0) await deriveSessions(db, [sessionId]);
    });
  } catch (error) {
    await setAside(database.manager, sessionId);
    logger.error(`Session ${sessionId} could not be derived and is set aside`, error);
  }
}

/**
 * Brings what is derived up to date with the ledger: of one learner, one site, or whatever waits longest. Any number of
 * processes may do this at once. Gives the number of changes that were taken, at most `limit`.
 */
export async function catchUp(database: DataSource, of: DirtyOf, limit = 200): Promise<number> {
  let taken: string[] = [];
  try {
    await database.transaction(async (db) => {
      taken = await takeDirty(db, of, limit);
      if (taken.length > 0) await deriveSessions(db, unique(taken));
    });
  } catch (error) {
    if (taken.length === 0) throw error;
    logger.warn(`Deriving ${unique(taken).length} sessions at once failed: each is derived alone`, error);
    for (const id of unique(taken)) await deriveAlone(database, id);
  }
  return taken.length;
}
