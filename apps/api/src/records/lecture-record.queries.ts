import type { EntityManager } from 'typeorm';
import type { AudienceRow } from './audience.js';
import { SUMS } from './site-record.queries.js';

/** Sites on which a reader stands, and units in whose subtree they may read. */
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
  readonly number: number;
  readonly length_ms: number;
  readonly covered_ms: number;
  readonly minutes_ms: number;
  readonly credit_ms: number;
  readonly complete: boolean;
  readonly rule_version: number;
  readonly covered_by_grade: { A: number; B: number; C: number };
}

const isIn = (sites: string, units: string) =>
  `(site.id = ANY(${sites}::uuid[]) OR EXISTS (
     SELECT FROM unit_above above WHERE above.unit_id = site.unit_id AND above.above_id = ANY(${units}::uuid[])))`;

export const lectureTitle = async (db: EntityManager, lectureId: string): Promise<string | undefined> => {
  const rows = await db.query<{ title: string }[]>(`SELECT title FROM lecture WHERE id = $1`, [lectureId]);
  return rows[0]?.title;
};

/** The two hundred sites with the most minutes of a lecture, of those that the reader may count. */
export const lectureSites = (
  db: EntityManager,
  { lectureId, counts, names }: { lectureId: string; counts: Reach; names: Reach },
): Promise<LectureSiteRow[]> =>
  db.query(
    `SELECT site.id AS site_id, site.name AS site_name, ${isIn('$4', '$5')} AS may_name, ${SUMS}
     FROM site_day JOIN edition ON edition.id = site_day.edition_id JOIN site ON site.id = site_day.site_id
     WHERE edition.lecture_id = $1 AND ${isIn('$2', '$3')}
     GROUP BY site.id ORDER BY sum(minutes_ms) DESC, site.id LIMIT 200`,
    [lectureId, counts.siteIds, counts.unitIds, names.siteIds, names.unitIds],
  );

/** `limit + 1` learners whose names the reader may see, with what they have of each edition; the newest edition first. */
export const lectureLearners = (
  db: EntityManager,
  {
    lectureId,
    names,
    after,
    limit,
  }: { lectureId: string; names: Reach; after: readonly (string | null)[]; limit: number },
): Promise<LectureLearnerRow[]> =>
  db.query(
    `SELECT credit.learner_id, learner.name, learner.code, place.site_id, place.site_name, credit.edition_id,
            edition.number, credit.length_ms, credit.covered_ms, credit.minutes_ms::float8, credit.credit_ms,
            credit.complete, credit.rule_version, credit.covered_by_grade
     FROM edition
     JOIN learner_credit credit ON credit.edition_id = edition.id
     JOIN learner ON learner.id = credit.learner_id
     JOIN LATERAL (
       SELECT site.id AS site_id, site.name AS site_name
       FROM roster_entry entry JOIN site ON site.id = entry.site_id
       WHERE entry.learner_id = credit.learner_id AND entry.to_date IS NULL AND ${isIn('$2', '$3')}
       ORDER BY entry.from_date, site.id LIMIT 1
     ) place ON true
     WHERE edition.lecture_id = $1
       AND ($4::uuid IS NULL OR credit.edition_id < $4 OR (credit.edition_id = $4 AND credit.learner_id > $5::uuid))
     ORDER BY credit.edition_id DESC, credit.learner_id LIMIT $6`,
    [lectureId, names.siteIds, names.unitIds, after[0], after[1], limit + 1],
  );
