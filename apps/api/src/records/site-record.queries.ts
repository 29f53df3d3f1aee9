import type { SiteLearnerRecord, SiteSessionRecord } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { AudienceRow } from './audience.js';

/** A site over some days, both included; null: without end. */
export interface SiteSpell {
  readonly siteId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface SiteLectureRow extends AudienceRow {
  readonly edition_id: string;
  readonly number: number;
  readonly lecture_id: string;
  readonly lecture_title: string;
}

const parameters = ({ siteId, from, to }: SiteSpell) => [siteId, from, to];
const IN_SPELL = `site_id = $1 AND ($2::date IS NULL OR day >= $2) AND ($3::date IS NULL OR day <= $3)`;
export const SUMS = `coalesce(sum(sessions), 0)::int AS sessions, coalesce(sum(audience_a), 0)::int AS a,
  coalesce(sum(audience_b), 0)::int AS b, coalesce(sum(audience_c), 0)::int AS c,
  coalesce(sum(audience_d), 0)::int AS d, coalesce(sum(minutes_ms), 0)::float8 AS minutes_ms`;

export const siteTotals = async (db: EntityManager, spell: SiteSpell): Promise<AudienceRow> => {
  const [row] = await db.query<[AudienceRow]>(
    `SELECT ${SUMS} FROM site_day WHERE ${IN_SPELL} AND edition_id IS NULL`,
    parameters(spell),
  );
  return row;
};

export const siteLectures = (db: EntityManager, spell: SiteSpell): Promise<SiteLectureRow[]> =>
  db.query(
    `SELECT edition.id AS edition_id, edition.number, lecture.id AS lecture_id, lecture.title AS lecture_title, ${SUMS}
     FROM site_day JOIN edition ON edition.id = site_day.edition_id JOIN lecture ON lecture.id = edition.lecture_id
     WHERE ${IN_SPELL} GROUP BY edition.id, lecture.id ORDER BY lecture.title, edition.number`,
    parameters(spell),
  );

/** What each learner has of what was watched at the site in those days; those on the roster who watched nothing, too. */
const LEARNERS = `
  WITH here AS (
    SELECT learner_id, edition_id, played, grade FROM session_minutes WHERE ${IN_SPELL}
  ), parts AS (
    SELECT learner_id, unnest(range_agg(played)) AS part FROM here GROUP BY learner_id
  ), minutes AS (
    SELECT learner_id, sum(upper(part) - lower(part)) AS minutes_ms FROM parts GROUP BY learner_id
  ), lectures AS (
    SELECT learner_id, lecture_id, max(covered_ms) AS covered_ms, bool_or(complete) AS complete
    FROM learner_credit credit JOIN edition ON edition.id = credit.edition_id
    WHERE (learner_id, edition_id) IN (SELECT learner_id, edition_id FROM here) GROUP BY learner_id, lecture_id
  ), covered AS (
    SELECT learner_id, count(*) AS lectures, count(*) FILTER (WHERE complete) AS completed, sum(covered_ms) AS covered_ms
    FROM lectures GROUP BY learner_id
  ), people AS (
    SELECT learner_id FROM roster_entry WHERE site_id = $1 AND to_date IS NULL UNION SELECT learner_id FROM here
  )
  SELECT learner.id AS "learnerId", learner.name, learner.code, coalesce(lectures, 0)::int AS lectures,
         coalesce(completed, 0)::int AS completed, coalesce(covered_ms, 0)::float8 AS "coveredMs",
         coalesce(minutes_ms, 0)::float8 AS "minutesMs",
         least(coalesce(covered_ms, 0), coalesce(minutes_ms, 0))::float8 AS "creditMs"
  FROM people JOIN learner ON learner.id = people.learner_id
  LEFT JOIN minutes ON minutes.learner_id = learner.id LEFT JOIN covered ON covered.learner_id = learner.id
  ORDER BY learner.name, learner.id`;

export const siteLearners = (db: EntityManager, spell: SiteSpell): Promise<SiteLearnerRecord[]> =>
  db.query(LEARNERS, parameters(spell));

export type SiteSessionRow = Omit<SiteSessionRecord, 'startedAt'> & { readonly startedAt: Date };

const SESSIONS = `
  SELECT record.session_id AS id, record.kind, lecture.title AS "lectureTitle", record.started_at AS "startedAt",
         record.dated_by AS "datedBy", record.played_ms::float8 AS "playedMs", record.head_count AS "headCount",
         session.note, coalesce(people.list, '[]') AS people
  FROM session_record record
  JOIN tracking_session session ON session.id = record.session_id
  JOIN edition ON edition.id = record.edition_id JOIN lecture ON lecture.id = edition.lecture_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('learnerId', learner.id, 'name', learner.name, 'grade', audience.grade,
             'minutesMs', (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM session_minutes, unnest(played) part
                           WHERE session_id = record.session_id AND learner_id = learner.id),
             'coveredMs', (SELECT coalesce(sum((part->>1)::int - (part->>0)::int), 0)
                           FROM jsonb_each(audience.watched) graded, jsonb_array_elements(graded.value) part))
           ORDER BY learner.name, learner.id) AS list
    FROM (
      SELECT learner_id, grade, watched FROM session_audience WHERE session_id = record.session_id
      UNION ALL
      SELECT learner_id, min(grade), '{}' FROM tracking_presence
      WHERE session_id = record.session_id AND record.played_ms = 0 GROUP BY learner_id
    ) audience JOIN learner ON learner.id = audience.learner_id
  ) people ON true
  WHERE record.site_id = $1 AND ($2::date IS NULL OR record.day >= $2) AND ($3::date IS NULL OR record.day <= $3)
  ORDER BY record.started_at DESC, record.session_id LIMIT 100`;

/** The latest hundred; where nothing played, with those on the roll. */
export const siteSessions = (db: EntityManager, spell: SiteSpell): Promise<SiteSessionRow[]> =>
  db.query(SESSIONS, parameters(spell));

export interface SiteCreditRow {
  readonly lecture_title: string;
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly grade: string;
  readonly covered_ms: number;
  readonly length_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly complete: boolean;
}

/** Everybody who watched a lecture here in those days, with the best grade and what they have of it. */
export const siteCredits = (db: EntityManager, spell: SiteSpell): Promise<SiteCreditRow[]> =>
  db.query(
    `SELECT lecture.title AS lecture_title, edition.number, learner.code, learner.name, min(here.grade) AS grade,
            credit.covered_ms, credit.length_ms, credit.minutes_ms::float8, credit.credit_ms, credit.complete
     FROM session_minutes here
     JOIN learner_credit credit USING (learner_id, edition_id)
     JOIN learner ON learner.id = learner_id
     JOIN edition ON edition.id = edition_id JOIN lecture ON lecture.id = edition.lecture_id
     WHERE ${IN_SPELL.replaceAll('site_id', 'here.site_id')}
     GROUP BY lecture.id, edition.id, learner.id, credit.learner_id, credit.edition_id
     ORDER BY lecture.title, edition.number, learner.name, learner.id`,
    parameters(spell),
  );
