import type { PresenceGrade, SessionKind } from '#libs/domain';
import type { EntityManager } from 'typeorm';

export interface DayRow {
  readonly day: string;
  readonly sessions: number;
  /** Wall clock, as an int8multirange. */
  readonly played: string;
}

/** All days on which something was watched, the first one first. */
export const daysOfLearner = (db: EntityManager, learnerId: string): Promise<DayRow[]> =>
  db.query(
    `SELECT day::text, count(*)::int AS sessions, range_agg(played)::text AS played FROM session_minutes
     WHERE learner_id = $1 AND NOT isempty(played) GROUP BY day ORDER BY day`,
    [learnerId],
  );

/** Covered ms of each lecture, of its best edition. */
export const coveredOfLearner = async (db: EntityManager, learnerId: string): Promise<number[]> => {
  const rows = await db.query<{ covered_ms: number }[]>(
    `SELECT max(covered_ms) AS covered_ms FROM learner_credit JOIN edition ON edition.id = edition_id
     WHERE learner_id = $1 GROUP BY lecture_id`,
    [learnerId],
  );
  return rows.map((row) => row.covered_ms);
};

export interface DaySessionRow {
  readonly id: string;
  readonly kind: SessionKind;
  readonly lecture_id: string;
  readonly lecture_title: string;
  readonly edition_id: string;
  readonly number: number;
  readonly site_name: string | null;
  readonly grade: PresenceGrade;
  readonly played: string;
}

/** In the order in which they were played, as in the explanation of an edition. */
export const sessionsOfDay = (db: EntityManager, learnerId: string, day: string): Promise<DaySessionRow[]> =>
  db.query(
    `SELECT record.session_id AS id, record.kind, lecture.id AS lecture_id, lecture.title AS lecture_title,
            edition.id AS edition_id, edition.number, site.name AS site_name, minutes.grade, minutes.played::text
     FROM session_minutes minutes JOIN session_record record ON record.session_id = minutes.session_id
     JOIN edition ON edition.id = minutes.edition_id JOIN lecture ON lecture.id = edition.lecture_id
     LEFT JOIN site ON site.id = minutes.site_id
     WHERE minutes.learner_id = $1 AND minutes.day = $2 AND NOT isempty(minutes.played)
     ORDER BY record.started_at, record.session_id`,
    [learnerId, day],
  );
