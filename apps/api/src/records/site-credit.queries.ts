import type { EntityManager } from 'typeorm';
import { IN_SPELL, parametersOf, type SiteSpell } from './site-record.queries.js';
import { EACH_PART, lengthOf, MEDIA } from './watched.queries.js';

/** What each learner has of each edition from the sessions at the site in those days, and nothing from elsewhere. */
const CREDITS = `
  here AS (
    SELECT session_id, learner_id, edition_id, played, grade FROM session_minutes WHERE ${IN_SPELL}
  ), seen AS (
    SELECT learner_id, edition_id, ${MEDIA} AS media
    FROM (SELECT DISTINCT session_id, learner_id FROM here) visit
    JOIN session_audience USING (session_id, learner_id), ${EACH_PART}
    GROUP BY learner_id, edition_id
  ), watched AS (
    SELECT learner_id, edition_id, min(grade) AS grade, range_agg(played) AS played
    FROM here GROUP BY learner_id, edition_id
  ), credits AS (
    SELECT learner_id, edition_id, grade, ${lengthOf('media')} AS covered_ms, ${lengthOf('played')} AS minutes_ms,
           coalesce(credit.complete, false) AS complete
    FROM watched LEFT JOIN seen USING (learner_id, edition_id)
    LEFT JOIN learner_credit credit USING (learner_id, edition_id)
  )`;

/** With those on the roster who watched nothing. Of several editions of a lecture, the best covered counts. */
export const LEARNERS = `
  WITH ${CREDITS}, minutes AS (
    SELECT learner_id, ${lengthOf('range_agg(played)')} AS minutes_ms FROM here GROUP BY learner_id
  ), lectures AS (
    SELECT learner_id, lecture_id, max(covered_ms) AS covered_ms, bool_or(complete) AS complete
    FROM credits JOIN edition ON edition.id = edition_id GROUP BY learner_id, lecture_id
  ), covered AS (
    SELECT learner_id, count(*) AS lectures, count(*) FILTER (WHERE complete) AS completed, sum(covered_ms) AS covered_ms
    FROM lectures GROUP BY learner_id
  ), people AS (
    SELECT learner_id FROM roster_entry WHERE site_id = $1 AND to_date IS NULL UNION SELECT learner_id FROM here
  )
  SELECT learner.id AS "learnerId", learner.name, learner.code, coalesce(lectures, 0)::int AS lectures,
         coalesce(completed, 0)::int AS completed, coalesce(covered_ms, 0) AS "coveredMs",
         coalesce(minutes_ms, 0) AS "minutesMs", least(coalesce(covered_ms, 0), coalesce(minutes_ms, 0)) AS "creditMs"
  FROM people JOIN learner ON learner.id = people.learner_id AND erased_at IS NULL
  LEFT JOIN minutes ON minutes.learner_id = learner.id LEFT JOIN covered ON covered.learner_id = learner.id
  ORDER BY learner.name, learner.id`;

export interface SiteCreditRow {
  readonly lecture_title: string;
  readonly number: number;
  readonly code: string;
  readonly name: string;
  /** The best of those days. */
  readonly grade: string;
  readonly covered_ms: number;
  readonly length_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  /** The learner's verdict, wherever they watched. */
  readonly complete: boolean;
}

/** Everybody who watched a lecture here in those days. */
export const siteCredits = (db: EntityManager, spell: SiteSpell): Promise<SiteCreditRow[]> =>
  db.query(
    `WITH ${CREDITS}
     SELECT lecture.title AS lecture_title, edition.number, learner.code, learner.name, grade, covered_ms,
            coalesce(edition.duration_ms, 0) AS length_ms, minutes_ms, least(covered_ms, minutes_ms) AS credit_ms, complete
     FROM credits JOIN learner ON learner.id = learner_id AND erased_at IS NULL
     JOIN edition ON edition.id = edition_id JOIN lecture ON lecture.id = edition.lecture_id
     ORDER BY lecture.title, edition.number, learner.name, learner.id`,
    parametersOf(spell),
  );
