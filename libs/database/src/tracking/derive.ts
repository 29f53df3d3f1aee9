import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { editionLengths, mapsInto, pairsReached, replaceCredits, shareRows } from './credit.queries.js';
import { deriveCredit } from './derive-credit.js';
import { deriveFolded } from './derive-folded.js';
import { deriveSession, type DerivedSession } from './derive-session.js';
import { dropDerived, insertDerived, lockForDeriving, type Pair, type SiteDay } from './derived.queries.js';
import { freshAt, setAside, takeDirty, waitingOf, type DirtyOf } from './dirty.queries.js';
import { foldRows, presenceRows, sessionRows, spanRows } from './evidence.queries.js';
import { rulingRows, rulingsOf } from './rulings.queries.js';
import { refreshSiteDays } from './site-day.queries.js';
import { markDue } from '../xapi/due.queries.js';

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Rows of credit that follow from the sessions of these learners, for exactly these editions. */
export async function creditRows(db: EntityManager, pairs: readonly Pair[]): Promise<object[]> {
  const learners = unique(pairs.map(({ learner_id }) => learner_id));
  const maps = await mapsInto(db, unique(pairs.map(({ edition_id }) => edition_id)));
  const editions = unique(
    [...pairs, ...maps.map((map) => ({ edition_id: map.old_edition_id }))].map((of) => of.edition_id),
  );
  const evidence = {
    maps,
    shares: await shareRows(db, learners, editions),
    lengths: await editionLengths(db, editions),
  };
  return pairs.flatMap((pair) => deriveCredit(pair, evidence));
}

/**
 * Credit of these learners for these editions, and for the newer ones to which it is carried. Gives the days of sites on
 * which verdicts came or went.
 */
async function deriveCredits(db: EntityManager, touched: readonly Pair[]): Promise<SiteDay[]> {
  if (touched.length === 0) return [];
  const pairs = await pairsReached(db, touched);
  await lockForDeriving(db, 'learner', unique(pairs.map(({ learner_id }) => learner_id)));
  return replaceCredits(db, pairs, await creditRows(db, pairs));
}

/** Credit of these learners and editions anew, and what follows for their sites. */
export async function refreshCredits(db: EntityManager, pairs: readonly Pair[]): Promise<void> {
  await refreshDays(db, await deriveCredits(db, pairs));
}

async function refreshDays(db: EntityManager, days: readonly SiteDay[]): Promise<void> {
  if (days.length === 0) return;
  await lockForDeriving(db, 'site', unique(days.map(({ site_id }) => site_id)));
  await refreshSiteDays(db, days);
}

/** Derives anew all that follows from these sessions: theirs, their learners' and their sites' days. */
export async function deriveSessions(db: EntityManager, ids: readonly string[]): Promise<void> {
  await lockForDeriving(db, 'session', ids);
  const rows = await sessionRowsOf(db, ids);
  const before = await dropDerived(db, ids);
  await insertDerived(db, rows);
  await markDue(db, ids);
  const verdicts = await deriveCredits(db, [...before.pairs, ...(rows.audience as Pair[])]);
  const days = [...before.days, ...verdicts, ...([...rows.records, ...rows.minutes] as SiteDay[])];
  await refreshDays(
    db,
    days.filter(({ site_id }) => site_id),
  );
}

/** All rows that follow from these sessions of the ledger. */
export async function sessionRowsOf(db: EntityManager, ids: readonly string[]): Promise<DerivedSession> {
  const sessions = await sessionRows(db, ids);
  const spans = bySession(await spanRows(db, ids));
  const presences = bySession(await presenceRows(db, ids));
  const folds = bySession(await foldRows(db, ids));
  const rulings = await rulingRows(db, ids);
  const derived = sessions.map((session) =>
    session.folded
      ? deriveFolded(session, session.folded, folds.get(session.id) ?? [])
      : deriveSession(session, {
          spans: spans.get(session.id) ?? [],
          presences: presences.get(session.id) ?? [],
          rulings: rulingsOf(rulings, session.id),
        }),
  );
  return {
    records: derived.flatMap(({ records }) => records),
    audience: derived.flatMap(({ audience }) => audience),
    minutes: derived.flatMap(({ minutes }) => minutes),
    refusals: derived.flatMap(({ refusals }) => refusals),
  };
}

function bySession<Row extends { readonly session_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.session_id);
    if (group) group.push(row);
    else groups.set(row.session_id, [row]);
  }
  return groups;
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

/**
 * Brings what is derived of somebody in particular up to date, at the price of one look when nothing waits.
 *
 * @returns the moment up to which everything that had arrived is in what is read from now on
 */
export async function broughtUpToDate(database: DataSource, of: Exclude<DirtyOf, 'anybody'>): Promise<Date> {
  const { since, now } = await waitingOf(database, of);
  if (since === null) return now;
  await catchUp(database, of);
  return freshAt(database, of);
}
