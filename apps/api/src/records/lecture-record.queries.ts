import type { PresenceGrade } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { type NameReach } from '../http/names.js';
import { namedIn } from '../http/names.queries.js';
import type { AudienceRow } from './audience.js';
import { SUMS } from './sums.queries.js';
import { EACH_PART, lengthOf, MEDIA } from './watched.queries.js';

/** Sites on which a reader stands, and units in whose subtree they may count. */
export interface Reach {
  readonly siteIds: readonly string[];
  readonly unitIds: readonly string[];
}

export interface LectureSiteRow extends AudienceRow {
  readonly site_id: string;
  readonly site_name: string;
  readonly may_name: boolean;
}

export interface LectureLearnerRow {
  readonly learner_id: string;
  readonly name: string;
  readonly code: string;
  readonly site_id: string;
  readonly site_name: string;
  readonly edition_id: string;
  /** The best at that site. */
  readonly grade: PresenceGrade;
  readonly number: number;
  readonly length_ms: number;
  readonly covered_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly complete: boolean;
  readonly rule_version: number | null;
  readonly a_ms: number;
  readonly b_ms: number;
  readonly c_ms: number;
}

const isIn = (sites: string, units: string) =>
  `(site.id = ANY(${sites}::uuid[]) OR EXISTS (
     SELECT FROM unit_above above WHERE above.unit_id = site.unit_id AND above.above_id = ANY(${units}::uuid[])))`;

/** Of a lecture that there is. */
export const lectureTitle = async (db: EntityManager, lectureId: string): Promise<string> => {
  const [row] = await db.query<[{ title: string }]>(`SELECT title FROM lecture WHERE id = $1`, [lectureId]);
  return row.title;
};

/** The sites with the most minutes of a lecture, of those that the reader may count; without a limit (null) all. */
export const lectureSites = (
  db: EntityManager,
  { lectureId, counts, names, limit }: { lectureId: string; counts: Reach; names: NameReach; limit: number | null },
): Promise<LectureSiteRow[]> =>
  db.query(
    `SELECT site.id AS site_id, site.name AS site_name, ${namedIn('$4', '$5')} AS may_name, ${SUMS}
     FROM site_day JOIN edition ON edition.id = site_day.edition_id JOIN site ON site.id = site_day.site_id
     WHERE edition.lecture_id = $1 AND ${isIn('$2', '$3')}
     GROUP BY site.id ORDER BY sum(minutes_ms) DESC, site.id LIMIT $6`,
    [lectureId, counts.siteIds, counts.unitIds, names.siteIds, names.unitIds, limit],
  );

/**
 * One page of who watched at which site where the reader may see names; whoever has left the roster stays. The days of the
 * sites lead to the minutes by index. What each has is from that site alone, but for the verdict.
 */
const LEARNERS = `
  WITH here AS (
    SELECT minutes.edition_id, minutes.learner_id, minutes.site_id, min(minutes.grade) AS grade,
           range_agg(minutes.played) AS played, array_agg(DISTINCT minutes.session_id) AS sessions
    FROM edition
    JOIN site_day ON site_day.edition_id = edition.id
    JOIN site ON site.id = site_day.site_id AND ${namedIn('$2', '$3')}
    JOIN session_minutes minutes
      ON minutes.site_id = site.id AND minutes.day = site_day.day AND minutes.edition_id = edition.id
    JOIN learner ON learner.id = minutes.learner_id AND learner.erased_at IS NULL
    WHERE edition.lecture_id = $1
      AND ($4::uuid IS NULL OR (minutes.edition_id, minutes.learner_id, minutes.site_id) < ($4, $5::uuid, $6::uuid))
    GROUP BY minutes.edition_id, minutes.learner_id, minutes.site_id
    ORDER BY minutes.edition_id DESC, minutes.learner_id DESC, minutes.site_id DESC LIMIT $7
  )
  SELECT here.learner_id, learner.name, learner.code, here.site_id, site.name AS site_name, here.edition_id, here.grade,
         edition.number, coalesce(edition.duration_ms, 0) AS length_ms, covered.whole AS covered_ms, minutes.ms AS minutes_ms,
         least(covered.whole, minutes.ms) AS credit_ms, coalesce(credit.complete, false) AS complete, credit.rule_version,
         covered.a AS a_ms, covered.ab - covered.a AS b_ms, covered.whole - covered.ab AS c_ms
  FROM here
  JOIN learner ON learner.id = here.learner_id JOIN site ON site.id = here.site_id
  JOIN edition ON edition.id = here.edition_id
  LEFT JOIN learner_credit credit ON credit.learner_id = here.learner_id AND credit.edition_id = here.edition_id
  CROSS JOIN LATERAL (
    SELECT ${MEDIA} FILTER (WHERE graded.key = 'A') AS a, ${MEDIA} FILTER (WHERE graded.key IN ('A', 'B')) AS ab, ${MEDIA} AS whole
    FROM session_audience audience, ${EACH_PART}
    WHERE audience.session_id = ANY(here.sessions) AND audience.learner_id = here.learner_id
  ) seen
  CROSS JOIN LATERAL (
    SELECT ${lengthOf('seen.a')} AS a, ${lengthOf('seen.ab')} AS ab, ${lengthOf('seen.whole')} AS whole
  ) covered
  CROSS JOIN LATERAL (SELECT ${lengthOf('here.played')} AS ms) minutes
  ORDER BY here.edition_id DESC, here.learner_id DESC, here.site_id DESC`;

interface LearnersOf {
  readonly lectureId: string;
  readonly names: NameReach;
  readonly after: readonly (string | null)[];
  readonly limit: number;
}

/** `limit + 1` of them, the newest edition first. */
export const lectureLearners = (
  db: EntityManager,
  { lectureId, names, after, limit }: LearnersOf,
): Promise<LectureLearnerRow[]> =>
  db.query(LEARNERS, [lectureId, names.siteIds, names.unitIds, after[0], after[1], after[2], limit + 1]);

export const keyOfLearner = (row: LectureLearnerRow): string[] => [row.edition_id, row.learner_id, row.site_id];
