import type { EntityManager } from 'typeorm';
import type { HiddenRow } from './parts.queries.js';
import { hides, TOTALS as SUMS, within } from './sums.queries.js';

/** A site over some days, both included; null: without end. */
export interface SiteSpell {
  readonly siteId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface SiteLectureRow extends HiddenRow {
  readonly edition_id: string;
  readonly number: number;
  readonly lecture_id: string;
  readonly lecture_title: string;
}

export const parametersOf = ({ siteId, from, to }: SiteSpell) => [siteId, from, to];
export const IN_SPELL = `site_id = $1 AND ${within('day')}`;

export const TOTALS = `SELECT ${SUMS} FROM site_day WHERE ${IN_SPELL} AND edition_id IS NULL`;

export const LECTURES = `
  SELECT *, ${hides('(a + b + c + d)', 'edition_id')} AS hides_audience,
         ${hides('completions', 'edition_id')} AS hides_completions
  FROM (
    SELECT edition.id AS edition_id, edition.number, lecture.id AS lecture_id, lecture.title AS lecture_title, ${SUMS}
    FROM site_day JOIN edition ON edition.id = site_day.edition_id JOIN lecture ON lecture.id = edition.lecture_id
    WHERE ${IN_SPELL} GROUP BY edition.id, lecture.id
  ) lectures ORDER BY lecture_title, number`;

export const siteLectures = (db: EntityManager, spell: SiteSpell): Promise<SiteLectureRow[]> =>
  db.query(LECTURES, parametersOf(spell));

/** The latest hundred; where nothing played, with those on the roll. */
export const SESSIONS = `
  SELECT record.session_id AS id, record.kind, lecture.title AS "lectureTitle", record.started_at AS "startedAt",
         record.dated_by AS "datedBy", record.played_ms::float8 AS "playedMs",
         record.head_count - (SELECT count(DISTINCT learner_id)::int FROM session_minutes
                              WHERE session_id = record.session_id AND claimed) AS "headCount",
         session.note, coalesce(people.list, '[]') AS people,
         coalesce((SELECT json_agg(name ORDER BY name, id) FROM learner
                   WHERE id = ANY(minutes.speakers) AND erased_at IS NULL), '[]') AS speakers,
         session.credential LIKE 'paper:%' AS "isPaper", minutes.photo IS NOT NULL AS "hasPhoto"
  FROM session_record record
  JOIN tracking_session session ON session.id = record.session_id
  JOIN edition ON edition.id = record.edition_id JOIN lecture ON lecture.id = edition.lecture_id
  LEFT JOIN hall_minutes minutes ON minutes.session_id = record.session_id
  LEFT JOIN LATERAL (
    SELECT max(upper(played)) AS to_ms FROM session_minutes WHERE session_id = record.session_id
  ) whole ON true
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('learnerId', learner.id, 'name', learner.name, 'grade', audience.grade,
             'lateMs', coalesce(floor(own.from_ms - extract(epoch FROM record.started_at) * 1000)::bigint, 0),
             'earlyMs', coalesce(whole.to_ms - own.to_ms, 0),
             'minutesMs', (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM session_minutes, unnest(played) part
                           WHERE session_id = record.session_id AND learner_id = learner.id),
             'coveredMs', (SELECT coalesce(sum((part->>1)::int - (part->>0)::int), 0)
                           FROM jsonb_each(audience.watched) graded, jsonb_array_elements(graded.value) part))
           ORDER BY learner.name, learner.id) AS list
    FROM (
      SELECT learner_id, grade, watched FROM session_audience WHERE session_id = record.session_id
      UNION ALL
      SELECT learner_id, min(grade), '{}' FROM tracking_attendance
      WHERE session_id = record.session_id AND record.played_ms = 0 GROUP BY learner_id
    ) audience JOIN learner ON learner.id = audience.learner_id AND learner.erased_at IS NULL
    LEFT JOIN LATERAL (
      SELECT min(lower(played)) AS from_ms, max(upper(played)) AS to_ms
      FROM session_minutes WHERE session_id = record.session_id AND learner_id = learner.id
    ) own ON true
  ) people ON true
  WHERE record.site_id = $1 AND ${within('record.day')}
  ORDER BY record.started_at DESC, record.session_id LIMIT 100`;
