import type { EntityManager } from 'typeorm';
import type { SiteDay } from './derived.queries.js';

const lengthOf = (ranges: string) =>
  `(SELECT coalesce(sum(upper(part) - lower(part)), 0)::bigint FROM unnest(${ranges}) part)`;

const HEADS = `
  SELECT record.site_id, record.day, record.edition_id, learner_id, min(grade) AS grade,
         bool_and(claimed) AS claimed
  FROM session_record record JOIN touched USING (site_id, day) JOIN session_minutes USING (session_id)
  GROUP BY GROUPING SETS ((record.site_id, record.day, record.edition_id, learner_id),
                          (record.site_id, record.day, learner_id))`;

const SPENT = `
  SELECT site_id, day, edition_id, range_agg(played) AS played
  FROM session_minutes JOIN touched USING (site_id, day)
  GROUP BY GROUPING SETS ((site_id, day, edition_id, learner_id), (site_id, day, learner_id))`;

/** Of the sessions that began on a day, whole: media and wall clock of each learner and edition. */
const GAINED = `
  SELECT record.site_id, record.day, record.edition_id, audience.learner_id,
         range_agg(media.seen) AS media, range_agg(clock.played) AS played
  FROM session_record record JOIN touched USING (site_id, day) JOIN session_audience audience USING (session_id)
  CROSS JOIN LATERAL (
    SELECT range_agg(int4range((part->>0)::int, (part->>1)::int)) AS seen
    FROM jsonb_each(audience.watched) graded, jsonb_array_elements(graded.value) part
  ) media
  CROSS JOIN LATERAL (
    SELECT range_agg(minutes.played) AS played FROM session_minutes minutes
    WHERE minutes.session_id = record.session_id AND minutes.learner_id = audience.learner_id
  ) clock
  GROUP BY record.site_id, record.day, record.edition_id, audience.learner_id`;

/** One learner, one day: credit is the less of media and clock; over all editions the clock is one (rule 6). */
const CREDITS = `
  SELECT site_id, day, edition_id, least(${lengthOf('media')}, ${lengthOf('played')}) AS credit_ms FROM gained
  UNION ALL
  SELECT site_id, day, NULL, least(sum(${lengthOf('media')}), ${lengthOf('range_agg(played)')})
  FROM gained GROUP BY site_id, day, learner_id`;

const COUNTS = `
  SELECT site_id, day, edition_id, 0 AS sessions, (grade = 'A')::int AS a, (grade = 'B')::int AS b,
         (grade = 'C')::int AS c, -(claimed::int) AS d, 0 AS minutes_ms, 0 AS credit_ms, 0 AS completions
  FROM heads
  UNION ALL
  SELECT site_id, day, edition_id, 0, 0, 0, 0, 0, ${lengthOf('played')}, 0, 0 FROM spent
  UNION ALL
  SELECT site_id, day, edition_id, 0, 0, 0, 0, 0, 0, credit_ms, 0 FROM credits
  UNION ALL
  SELECT site_id, day, edition_id, count(*), 0, 0, 0, sum(head_count), 0, 0, 0
  FROM session_record JOIN touched USING (site_id, day) WHERE played_ms > 0
  GROUP BY GROUPING SETS ((site_id, day, edition_id), (site_id, day))
  UNION ALL
  SELECT site_id, day, edition_id, 0, 0, 0, 0, 0, 0, 0, count(*)
  FROM learner_credit JOIN touched ON completed_site_id = site_id AND completed_day = day
  GROUP BY GROUPING SETS ((site_id, day, edition_id), (site_id, day))`;

/**
 * Rows of `site_day`, of the days in $1, from their sessions: by lecture, and (edition null) over all. A learner is one head
 * a day, by the best grade, on the day the session began; minutes stay with the day they were spent on; credit belongs to
 * the day the session began, a verdict to that of the session with which it was reached. Where nothing played, nobody is
 * audience. Who is there by a claimed head alone is no longer one of the heads beside the named ones.
 */
export const SITE_DAYS = `
  WITH touched AS (SELECT DISTINCT site_id, day FROM json_populate_recordset(NULL::site_day, $1)),
  heads AS (${HEADS}), spent AS (${SPENT}), gained AS (${GAINED}), credits AS (${CREDITS}), counts AS (${COUNTS})
  SELECT site_id, day, edition_id, sum(sessions)::int AS sessions, sum(a)::int AS audience_a, sum(b)::int AS audience_b,
         sum(c)::int AS audience_c, sum(d)::bigint AS audience_d, coalesce(sum(minutes_ms), 0)::bigint AS minutes_ms,
         coalesce(sum(credit_ms), 0)::bigint AS credit_ms, sum(completions)::int AS completions
  FROM counts GROUP BY site_id, day, edition_id`;

/** Anew, in place of what stands; the units above follow. */
export const refreshSiteDays = async (db: EntityManager, days: readonly SiteDay[]): Promise<void> => {
  const keys = JSON.stringify(days);
  await db.query(
    `DELETE FROM site_day USING json_populate_recordset(NULL::site_day, $1) touched
     WHERE site_day.site_id = touched.site_id AND site_day.day = touched.day`,
    [keys],
  );
  await db.query(
    `INSERT INTO site_day (site_id, day, edition_id, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms,
       credit_ms, completions) ${SITE_DAYS}`,
    [keys],
  );
  await db.query(
    `INSERT INTO unit_day_dirty (site_id, day)
     SELECT DISTINCT site_id, day FROM json_populate_recordset(NULL::site_day, $1)`,
    [keys],
  );
};
