import type { RecordRefusal } from '#libs/contracts';
import { runPrepared, SESSIONS_RULED } from '#libs/database';
import type { DataSource, EntityManager } from 'typeorm';

export interface CreditRow {
  readonly edition_id: string;
  readonly number: number;
  readonly live: boolean;
  readonly duration_ms: number;
  readonly lecture_id: string;
  readonly lecture_title: string;
  readonly course_title: string;
  readonly covered_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly complete: boolean;
  readonly rule_version: number | null;
  readonly covered_by_grade: { A: number; B: number; C: number } | null;
  readonly watched: [number, number][];
}

interface PageOf {
  readonly learnerId: string;
  readonly lectureId: string | null;
  readonly editionId?: string;
  readonly after: string | null;
  readonly limit: number;
}

/** Refusals that concern a learner: of their own sessions, and of halls in which they were. */
const CONCERNS = `(learner_id = $1 OR session_id IN (SELECT session_id FROM tracking_attendance WHERE learner_id = $1))`;

const CREDITS = `
  WITH mine AS (
    SELECT edition_id FROM learner_credit WHERE learner_id = $1
    UNION SELECT edition_id FROM tracking_refusal WHERE ${CONCERNS}
    UNION SELECT edition_id FROM tracking_session WHERE id IN (${SESSIONS_RULED})
  )
  SELECT edition.id AS edition_id, edition.number, edition.live, coalesce(edition.duration_ms, 0) AS duration_ms,
         lecture.id AS lecture_id, lecture.title AS lecture_title, course.title AS course_title,
         coalesce(covered_ms, 0) AS covered_ms, coalesce(minutes_ms, 0)::float8 AS minutes_ms,
         coalesce(credit_ms, 0) AS credit_ms, coalesce(complete, false) AS complete, rule_version, covered_by_grade,
         coalesce(watched, '[]') AS watched
  FROM mine
  JOIN edition ON edition.id = mine.edition_id
  JOIN lecture ON lecture.id = edition.lecture_id
  JOIN course ON course.id = lecture.course_id
  LEFT JOIN learner_credit credit ON credit.learner_id = $1 AND credit.edition_id = edition.id
  WHERE ($2::uuid IS NULL OR lecture.id = $2) AND ($3::uuid IS NULL OR edition.id < $3)
    AND ($5::uuid IS NULL OR edition.id = $5)
  ORDER BY edition.id DESC LIMIT $4`;

/** `limit + 1` editions of which a learner has watched, or tried to report, something; the newest first. */
export const creditPage = (
  db: EntityManager,
  { learnerId, lectureId, editionId, after, limit }: PageOf,
): Promise<CreditRow[]> => db.query(CREDITS, [learnerId, lectureId, after, limit + 1, editionId ?? null]);

const refusalsOf = (editions: string, limit: string) => `
  SELECT DISTINCT ON (session_id, item, seq)
         edition_id, session_id AS session, item, nullif(seq, -1) AS seq, code, detail
  FROM tracking_refusal WHERE edition_id = ANY(${editions}) AND ${CONCERNS}
  ORDER BY session_id, item, seq, code LIMIT ${limit}`;

export type RefusalRow = RecordRefusal & { readonly edition_id: string };

/** `limit + 1` at most, one for each session and seq, by edition. */
export const refusalRows = (
  db: EntityManager,
  learnerId: string,
  editionIds: readonly string[],
  limit: number,
): Promise<RefusalRow[]> => db.query(refusalsOf('$2::uuid[]', '$3'), [learnerId, editionIds, limit + 1]);

/** What a learner's record says, in one statement: it is asked for more than anything else, also while batches flood. */
const RECORD = {
  name: 'learner-record',
  text: `
  WITH page AS (${CREDITS}),
  refusals AS (${refusalsOf('ARRAY(SELECT edition_id FROM page ORDER BY edition_id DESC LIMIT $4 - 1)', '$6')})
  SELECT
    (SELECT json_agg(page ORDER BY edition_id DESC) FROM page) AS rows,
    (SELECT json_agg(refusals ORDER BY session, item, seq NULLS FIRST, code) FROM refusals) AS refusals,
    (SELECT json_agg(covered_ms) FROM (
       SELECT max(covered_ms) AS covered_ms FROM learner_credit JOIN edition ON edition.id = edition_id
       WHERE learner_id = $1 GROUP BY lecture_id) lectures) AS covered,
    (SELECT json_agg(days ORDER BY day DESC) FROM (
       SELECT day, range_agg(played) AS played FROM session_minutes WHERE learner_id = $1
       GROUP BY day HAVING NOT isempty(range_agg(played))) days) AS days`,
};

export interface RecordRows {
  /** One more than the page holds, when there is one. */
  readonly rows: readonly CreditRow[];
  readonly refusals: readonly RefusalRow[];
  /** Covered ms of each lecture, of its best edition. */
  readonly covered: readonly number[];
  /** All wall-clock time played, the latest day first. */
  readonly days: readonly { readonly day: string; readonly played: string }[];
}

/** `limit + 1` editions, and at most `refusals + 1` of what was refused of the first `limit`. */
export async function recordRows(
  database: DataSource,
  { learnerId, lectureId, after, limit, refusals }: Omit<PageOf, 'editionId'> & { readonly refusals: number },
): Promise<RecordRows> {
  const values = [learnerId, lectureId, after, limit + 1, null, refusals + 1];
  type Row = { readonly [Part in keyof RecordRows]: RecordRows[Part] | null };
  const [row] = await runPrepared<[Row]>(database, RECORD, values);
  return { rows: row.rows ?? [], refusals: row.refusals ?? [], covered: row.covered ?? [], days: row.days ?? [] };
}

/** A learner, and the sites on whose roster they are today. */
export interface KnownLearner {
  readonly name: string;
  readonly sites: readonly string[];
}

const KNOWN = {
  name: 'known-learner',
  text: `
  SELECT name, ARRAY(SELECT site_id FROM roster_entry WHERE learner_id = learner.id AND to_date IS NULL) AS sites
  FROM learner WHERE id = $1`,
};

export const knownLearner = async (database: DataSource, learnerId: string): Promise<KnownLearner | undefined> => {
  const [row] = await runPrepared<KnownLearner[]>(database, KNOWN, [learnerId]);
  return row;
};
