import type { DataSource, EntityManager } from 'typeorm';
import { runPrepared } from '../prepared.js';
import { SESSIONS_RULED } from './rulings.queries.js';

/** Whose sessions are meant. */
export type DirtyOf =
  { readonly learnerId: string } | { readonly siteId: string } | { readonly sessionId: string } | 'anybody';

const SESSIONS_OF = {
  learnerId: `SELECT id FROM tracking_session WHERE learner_id = $1
              UNION SELECT session_id FROM tracking_attendance WHERE learner_id = $1
              UNION ${SESSIONS_RULED}`,
  siteId: `SELECT id FROM tracking_session WHERE site_id = $1`,
  sessionId: `SELECT $1::uuid`,
};

/** Of somebody's few sessions each is looked up on the list, however much else waits: `OFFSET 0` keeps it that way. */
const eachOf = (sessions: string) => `
  (${sessions}) mine (id)
  CROSS JOIN LATERAL (SELECT * FROM tracking_dirty WHERE session_id = mine.id OFFSET 0) waiting`;

/** What waits. A site has thousands of sessions, of which mostly none waits: from which end it is found is left to the planner. */
const WAITING_OF = {
  learnerId: eachOf(SESSIONS_OF.learnerId),
  siteId: `tracking_dirty waiting WHERE session_id IN (${SESSIONS_OF.siteId})`,
  sessionId: eachOf(SESSIONS_OF.sessionId),
  anybody: `tracking_dirty waiting`,
};

type Kind = keyof typeof WAITING_OF;

function whose(of: DirtyOf): { kind: Kind; waiting: string; parameters: string[] } {
  if (of === 'anybody') return { kind: of, waiting: WAITING_OF[of], parameters: [] };
  const [[kind, id]] = Object.entries(of) as [[Exclude<Kind, 'anybody'>, string]];
  return { kind, waiting: WAITING_OF[kind], parameters: [id] };
}

/** Not set aside, nor is anything else of the same session. `OFFSET 0`: looked up for each, else all that waits is read. */
const IS_DUE = `not_before <= now() AND NOT EXISTS (
  SELECT FROM tracking_dirty aside WHERE aside.session_id = waiting.session_id AND aside.not_before > now() OFFSET 0)`;

/** A subquery of its own, finished before `LIMIT` is: else the whole list is read in order for the few that are meant. */
const dueOf = (waiting: string) =>
  `SELECT id FROM (SELECT waiting.* FROM ${waiting} OFFSET 0) waiting WHERE ${IS_DUE} ORDER BY id`;

/**
 * Takes sessions that have changed off the list, for the length of the transaction. Those who ask for somebody in
 * particular wait for others that derive the same; those who take whatever waits step around them. What is set aside is
 * left alone until its time, with all that has come of the same session since. A session may be named more than once.
 */
export const takeDirty = async (db: EntityManager, of: DirtyOf, limit: number | 'ALL'): Promise<string[]> => {
  const { waiting, parameters } = whose(of);
  const due =
    of === 'anybody'
      ? `SELECT id FROM tracking_dirty waiting WHERE ${IS_DUE} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
      : `SELECT id FROM tracking_dirty WHERE id = ANY(ARRAY(${dueOf(waiting)} LIMIT ${limit})) ORDER BY id FOR UPDATE`;
  const [rows] = await db.query<[{ session_id: string }[], number]>(
    `DELETE FROM tracking_dirty WHERE id IN (${due}) RETURNING session_id`,
    parameters,
  );
  return rows.map((row) => row.session_id);
};

/** Leaves a session that cannot be derived alone for a minute, and twice as long each time, a day at most. */
export const setAside = async (db: EntityManager, sessionId: string): Promise<void> => {
  await db.query(
    `UPDATE tracking_dirty SET attempts = attempts + 1,
       not_before = now() + least(interval '1 day', interval '1 minute' * 2 ^ least(attempts, 12))
     WHERE session_id = $1`,
    [sessionId],
  );
};

/** Since when something waits, or null; and the time of the database. */
export async function waitingOf(database: DataSource, of: DirtyOf): Promise<{ since: Date | null; now: Date }> {
  const { waiting, kind, parameters } = whose(of);
  const text = `SELECT min(since) AS since, now() AS now FROM ${waiting}`;
  const name = `waiting-${kind}`;
  const [row] =
    kind === 'siteId'
      ? await database.query<[{ since: Date | null; now: Date }]>(text, parameters)
      : await runPrepared<[{ since: Date | null; now: Date }]>(database, { name, text }, parameters);
  return row;
}

/** Everything that had arrived by then is in what is derived. */
export async function freshAt(database: DataSource, of: DirtyOf): Promise<Date> {
  const { since, now } = await waitingOf(database, of);
  return since ?? now;
}
