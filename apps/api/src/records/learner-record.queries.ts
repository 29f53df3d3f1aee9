import type { RecordRefusal } from '#libs/contracts';
import { SESSIONS_RULED } from '#libs/database';
import type { EntityManager } from 'typeorm';

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

/** `limit + 1` editions of which a learner has watched, or tried to report, something; the newest first. */
export const creditPage = (
  db: EntityManager,
  { learnerId, lectureId, editionId, after, limit }: PageOf,
): Promise<CreditRow[]> =>
  db.query(
    `WITH mine AS (
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
     ORDER BY edition.id DESC LIMIT $4`,
    [learnerId, lectureId, after, limit + 1, editionId ?? null],
  );

/** `limit + 1` at most, one for each session and seq, by edition. */
export const refusalRows = (
  db: EntityManager,
  learnerId: string,
  editionIds: readonly string[],
  limit: number,
): Promise<(RecordRefusal & { edition_id: string })[]> =>
  db.query(
    `SELECT DISTINCT ON (session_id, item, seq)
            edition_id, session_id AS session, item, nullif(seq, -1) AS seq, code, detail
     FROM tracking_refusal WHERE edition_id = ANY($2::uuid[]) AND ${CONCERNS}
     ORDER BY session_id, item, seq, code LIMIT $3`,
    [learnerId, editionIds, limit + 1],
  );

/** Covered ms of each lecture (of its best edition), and all wall-clock time played, by day. */
export const wholeOf = async (
  db: EntityManager,
  learnerId: string,
): Promise<{ coveredMs: number[]; days: { day: string; played: string }[] }> => {
  const covered = await db.query<{ covered_ms: number }[]>(
    `SELECT max(covered_ms) AS covered_ms FROM learner_credit JOIN edition ON edition.id = edition_id
     WHERE learner_id = $1 GROUP BY lecture_id`,
    [learnerId],
  );
  const days = await db.query<{ day: string; played: string }[]>(
    `SELECT day::text, range_agg(played)::text AS played FROM session_minutes WHERE learner_id = $1
     GROUP BY day HAVING NOT isempty(range_agg(played)) ORDER BY day DESC`,
    [learnerId],
  );
  return { coveredMs: covered.map((row) => row.covered_ms), days };
};

export const rosterSites = async (db: EntityManager, learnerId: string): Promise<string[]> => {
  const rows = await db.query<{ site_id: string }[]>(
    `SELECT site_id FROM roster_entry WHERE learner_id = $1 AND to_date IS NULL`,
    [learnerId],
  );
  return rows.map((row) => row.site_id);
};
