import type { ByGrade, MapSegment } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import type { Pair, SiteDay } from './derived.queries.js';

export interface SegmentMapRow {
  readonly old_edition_id: string;
  readonly new_edition_id: string;
  readonly segments: readonly MapSegment[];
}

/** What one session gave one learner. */
export interface ShareRow extends Pair {
  readonly session_id: string;
  readonly site_id: string | null;
  readonly started_at: Date;
  /** On which it began, in the site's time zone. */
  readonly day: string;
  readonly watched: ByGrade;
  /** Wall clock, as an int8multirange. */
  readonly played: string | null;
}

/** The pairs given, and those of newer editions to which a segment map carries them. */
export const pairsReached = (db: EntityManager, pairs: readonly Pair[]): Promise<Pair[]> =>
  db.query(
    `WITH RECURSIVE reached AS (
       SELECT learner_id, edition_id FROM json_populate_recordset(NULL::learner_credit, $1)
       UNION
       SELECT learner_id, new_edition_id FROM reached JOIN segment_map ON old_edition_id = edition_id
     )
     SELECT learner_id, edition_id FROM reached`,
    [JSON.stringify(pairs)],
  );

/** Every map through which something may come to these editions. */
export const mapsInto = (db: EntityManager, editionIds: readonly string[]): Promise<SegmentMapRow[]> =>
  db.query(
    `WITH RECURSIVE sources AS (
       SELECT unnest($1::uuid[]) AS edition_id
       UNION
       SELECT old_edition_id FROM sources JOIN segment_map ON new_edition_id = edition_id
     )
     SELECT segment_map.* FROM segment_map JOIN sources ON new_edition_id = edition_id`,
    [editionIds],
  );

export const shareRows = (
  db: EntityManager,
  learners: readonly string[],
  editions: readonly string[],
): Promise<ShareRow[]> =>
  db.query(
    `SELECT audience.learner_id, audience.edition_id, audience.session_id, record.site_id, record.started_at,
            record.day::text, audience.watched,
            (SELECT range_agg(minutes.played)::text FROM session_minutes minutes
             WHERE minutes.session_id = audience.session_id AND minutes.learner_id = audience.learner_id) AS played
     FROM session_audience audience JOIN session_record record USING (session_id)
     WHERE audience.learner_id = ANY($1::uuid[]) AND audience.edition_id = ANY($2::uuid[])`,
    [learners, editions],
  );

export const editionLengths = async (db: EntityManager, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await db.query<{ id: string; duration_ms: number | null }[]>(
    `SELECT id, duration_ms FROM edition WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.duration_ms ?? 0]));
};

/** What stands of a learner and an edition, without when it was derived. */
export const CREDIT_COLUMNS = `learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete,
  rule_version, covered_by_grade, watched, completed_day, completed_site_id`;

/** Puts the rows in place of those of the pairs; a pair without a row has none any more. Gives the days of sites that change. */
export const replaceCredits = async (
  db: EntityManager,
  pairs: readonly Pair[],
  rows: readonly object[],
): Promise<SiteDay[]> => {
  const [before] = await db.query<[SiteDay[], number]>(
    `DELETE FROM learner_credit credit USING json_populate_recordset(NULL::learner_credit, $1) pair
     WHERE credit.learner_id = pair.learner_id AND credit.edition_id = pair.edition_id
     RETURNING credit.completed_site_id AS site_id, credit.completed_day::text AS day`,
    [JSON.stringify(pairs)],
  );
  const after = await db.query<SiteDay[]>(
    `INSERT INTO learner_credit (${CREDIT_COLUMNS})
     SELECT ${CREDIT_COLUMNS} FROM json_populate_recordset(NULL::learner_credit, $1)
     RETURNING completed_site_id AS site_id, completed_day::text AS day`,
    [JSON.stringify(rows)],
  );
  return [...before, ...after].flatMap(({ site_id, day }) => (site_id ? [{ site_id, day }] : []));
};
