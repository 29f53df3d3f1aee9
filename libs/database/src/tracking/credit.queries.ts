import type { ByGrade, MapSegment } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import type { Pair } from './derived.queries.js';

export interface SegmentMapRow {
  readonly old_edition_id: string;
  readonly new_edition_id: string;
  readonly segments: readonly MapSegment[];
}

export interface WatchedRow extends Pair {
  readonly watched: ByGrade;
}

export interface PlayedRow extends Pair {
  /** Wall clock, as an int8multirange. */
  readonly played: string;
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

export const watchedRows = (
  db: EntityManager,
  learners: readonly string[],
  editions: readonly string[],
): Promise<WatchedRow[]> =>
  db.query(
    `SELECT learner_id, edition_id, watched FROM session_audience
     WHERE learner_id = ANY($1::uuid[]) AND edition_id = ANY($2::uuid[])`,
    [learners, editions],
  );

export const playedRows = (
  db: EntityManager,
  learners: readonly string[],
  editions: readonly string[],
): Promise<PlayedRow[]> =>
  db.query(
    `SELECT learner_id, edition_id, range_agg(played)::text AS played FROM session_minutes
     WHERE learner_id = ANY($1::uuid[]) AND edition_id = ANY($2::uuid[])
     GROUP BY learner_id, edition_id`,
    [learners, editions],
  );

export const editionLengths = async (db: EntityManager, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await db.query<{ id: string; duration_ms: number | null }[]>(
    `SELECT id, duration_ms FROM edition WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.duration_ms ?? 0]));
};

/** Puts the rows in place of those of the pairs; a pair without a row has none any more. */
export const replaceCredits = async (
  db: EntityManager,
  pairs: readonly Pair[],
  rows: readonly object[],
): Promise<void> => {
  await db.query(
    `DELETE FROM learner_credit credit USING json_populate_recordset(NULL::learner_credit, $1) pair
     WHERE credit.learner_id = pair.learner_id AND credit.edition_id = pair.edition_id`,
    [JSON.stringify(pairs)],
  );
  await db.query(
    `INSERT INTO learner_credit (learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete,
       rule_version, covered_by_grade, watched)
     SELECT learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete, rule_version,
            covered_by_grade, watched
     FROM json_populate_recordset(NULL::learner_credit, $1)`,
    [JSON.stringify(rows)],
  );
};
