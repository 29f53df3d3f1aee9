import type { DisputeItem, DisputeQuery, DisputeView } from '#libs/contracts';
import { SESSIONS_RULED } from '#libs/database';
import type { EntityManager } from 'typeorm';
import type { NameReach } from '../http/names.js';
import { about, aboutOf, type AboutRow } from './about.js';
import { inReach, type Reach } from './reach.js';

/** What of a session concerns a learner: as in their record, and where it counts. */
export interface Concern {
  readonly edition_id: string;
  readonly site_id: string | null;
}

/** Of the session itself, or of a report that never became one. Undefined when nothing of it is about the learner. */
export const concernOf = async (
  db: EntityManager,
  learnerId: string,
  sessionId: string,
): Promise<Concern | undefined> => {
  const rows = await db.query<Concern[]>(
    `SELECT edition_id, coalesce(about.site_id, (
              SELECT site_id FROM roster_entry WHERE learner_id = $1
              ORDER BY to_date DESC NULLS FIRST, from_date DESC, site_id LIMIT 1)) AS site_id
     FROM (
       SELECT edition_id, site_id FROM tracking_session WHERE id = $2 AND (learner_id = $1
         OR EXISTS (SELECT FROM tracking_presence WHERE session_id = $2 AND learner_id = $1)
         OR $2 IN (${SESSIONS_RULED}))
       UNION ALL
       SELECT edition_id, NULL FROM tracking_refusal WHERE session_id = $2 AND learner_id = $1
     ) about LIMIT 1`,
    [learnerId, sessionId],
  );
  return rows[0];
};

/** Locks the learner, so that an erasure waits or has been. False when there is no such learner (any more). */
export const holdLearner = async (db: EntityManager, learnerId: string): Promise<boolean> => {
  const rows = await db.query<unknown[]>(`SELECT FROM learner WHERE id = $1 AND erased_at IS NULL FOR UPDATE`, [
    learnerId,
  ]);
  return rows.length > 0;
};

/** How many disputes of a learner wait for an answer, and how many of them about this session. */
export const openDisputes = async (
  db: EntityManager,
  learnerId: string,
  sessionId: string,
): Promise<{ all: number; ofSession: number }> => {
  const [row] = await db.query<[{ all: number; ofSession: number }]>(
    `SELECT count(*)::int AS "all", count(*) FILTER (WHERE session_id = $2)::int AS "ofSession"
     FROM dispute WHERE learner_id = $1 AND answered_at IS NULL`,
    [learnerId, sessionId],
  );
  return row;
};

export interface NewDispute {
  readonly id: string;
  readonly sessionId: string;
  readonly editionId: string;
  readonly learnerId: string;
  readonly siteId: string;
  readonly words: string;
}

export const insertDispute = async (db: EntityManager, dispute: NewDispute): Promise<void> => {
  await db.query(
    `INSERT INTO dispute (id, session_id, edition_id, learner_id, site_id, words, raised_at)
     VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [dispute.id, dispute.sessionId, dispute.editionId, dispute.learnerId, dispute.siteId, dispute.words],
  );
};

export interface OpenDispute {
  readonly site_id: string;
  readonly learner_id: string;
  readonly isAnswered: boolean;
}

export const lockDispute = async (db: EntityManager, id: string): Promise<OpenDispute | undefined> => {
  const rows = await db.query<OpenDispute[]>(
    `SELECT site_id, learner_id, answered_at IS NOT NULL AS "isAnswered" FROM dispute WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0];
};

/** Who disputes a session by this dispute. Not locked: who holds the learner next, finds out whether they are still there. */
export const disputantOf = async (db: EntityManager, id: string, sessionId: string): Promise<string | undefined> => {
  const rows = await db.query<{ learner_id: string }[]>(
    `SELECT learner_id FROM dispute WHERE id = $1 AND session_id = $2`,
    [id, sessionId],
  );
  return rows[0]?.learner_id;
};

export const answerDispute = async (db: EntityManager, id: string, words: string, by: string): Promise<void> => {
  await db.query(`UPDATE dispute SET answer = $2, answered_by = $3, answered_at = now() WHERE id = $1`, [
    id,
    words,
    by,
  ]);
};

interface Row {
  readonly id: string;
  readonly session_id: string;
  readonly words: string;
  readonly raised_at: Date;
  readonly answer: string | null;
  readonly answered_by: string | null;
  readonly answered_at: Date | null;
}

const DISPUTE = `dispute.id, dispute.session_id, dispute.words, dispute.raised_at, dispute.answer,
  (SELECT name FROM account WHERE account.id = dispute.answered_by) AS answered_by, dispute.answered_at`;

const viewOf = (row: Row): DisputeView => ({
  id: row.id,
  sessionId: row.session_id,
  words: row.words,
  raisedAt: row.raised_at.toISOString(),
  answer:
    row.answer === null || row.answered_at === null
      ? null
      : { words: row.answer, by: row.answered_by, at: row.answered_at.toISOString() },
});

export const disputeView = async (db: EntityManager, id: string): Promise<DisputeView> => {
  const [row] = await db.query<[Row]>(`SELECT ${DISPUTE} FROM dispute WHERE id = $1`, [id]);
  return viewOf(row);
};

/** What counts for the learner, and what has been ruled. */
const CASE = `session.kind, audience.grade, coalesce(clock.ms, 0) AS "minutesMs", (
    SELECT kind FROM tracking_override made
    WHERE made.session_id = dispute.session_id AND made.learner_id = dispute.learner_id
    ORDER BY made_at DESC, id DESC LIMIT 1) AS ruling`;
const OF_CASE = `
  LEFT JOIN tracking_session session ON session.id = dispute.session_id
  LEFT JOIN session_audience audience
    ON audience.session_id = dispute.session_id AND audience.learner_id = dispute.learner_id
  CROSS JOIN LATERAL (
    SELECT sum(upper(part) - lower(part))::float8 AS ms FROM session_minutes, unnest(played) part
    WHERE session_minutes.session_id = dispute.session_id AND session_minutes.learner_id = dispute.learner_id) clock`;

type Case = Pick<DisputeItem, 'kind' | 'grade' | 'minutesMs' | 'ruling'>;

/** `limit + 1` at the sites in reach: of the open ones the oldest first, of the answered ones the latest. */
export async function disputePage(
  db: EntityManager,
  { state, siteId, limit }: DisputeQuery,
  after: string | null,
  { reach, names }: { reach: Reach; names: NameReach },
): Promise<DisputeItem[]> {
  const [isState, follows, order] = state === 'open' ? ['IS NULL', '>', 'ASC'] : ['IS NOT NULL', '<', 'DESC'];
  const rows = await db.query<(Row & AboutRow & Case)[]>(
    `SELECT ${DISPUTE}, ${about('$6', '$7')}, ${CASE}
     FROM dispute JOIN site ON site.id = dispute.site_id JOIN learner ON learner.id = dispute.learner_id
     JOIN edition ON edition.id = dispute.edition_id JOIN lecture ON lecture.id = edition.lecture_id
     LEFT JOIN session_record record ON record.session_id = dispute.session_id ${OF_CASE}
     WHERE dispute.answered_at ${isState} AND ${inReach('$1', '$2')}
       AND ($3::uuid IS NULL OR site.id = $3) AND ($4::uuid IS NULL OR dispute.id ${follows} $4)
     ORDER BY dispute.id ${order} LIMIT $5`,
    [reach.siteIds, reach.unitIds, siteId ?? null, after, limit + 1, names.siteIds, names.unitIds],
  );
  return rows.map((row) => ({ ...viewOf(row), ...aboutOf(row), ...caseOf(row) }));
}

const caseOf = ({ kind, grade, minutesMs, ruling }: Case): Case => ({ kind, grade, minutesMs, ruling });
