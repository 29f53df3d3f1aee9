import type { EntityManager } from 'typeorm';

/** The units themselves and all above them, in the tree of today. */
export const unitsAbove = async (db: EntityManager, unitIds: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT DISTINCT above_id AS id FROM unit_above WHERE unit_id = ANY($1::uuid[])`,
    [unitIds],
  );
  return rows.map(({ id }) => id);
};

/** Units of the sites given, and of the sites on whose roster the learner is. */
export const unitsOfSites = async (
  db: EntityManager,
  siteIds: readonly string[],
  learnerId: string | undefined,
): Promise<string[]> => {
  const rows = await db.query<{ unit_id: string }[]>(
    `SELECT unit_id FROM site WHERE id = ANY($1::uuid[])
     UNION
     SELECT site.unit_id FROM roster_entry JOIN site ON site.id = roster_entry.site_id
     WHERE roster_entry.learner_id = $2 AND roster_entry.to_date IS NULL`,
    [siteIds, learnerId ?? null],
  );
  return rows.map((row) => row.unit_id);
};

/** Entries of the sites that answer for learners: on whose roster they are today, or else were last. Not for the erased. */
const ANSWERING = `
  SELECT learner_id, site_id FROM (
    SELECT learner_id, site_id, rank() OVER (PARTITION BY learner_id ORDER BY to_date DESC NULLS FIRST) AS place
    FROM roster_entry JOIN learner ON learner.id = learner_id AND erased_at IS NULL WHERE learner_id = ANY($1::uuid[])
  ) AS entry WHERE place = 1`;

/** Those of the learners all of whose answering sites are among the sites given, or below the units given. */
export const learnersWithin = async (
  db: EntityManager,
  learnerIds: readonly string[],
  siteIds: readonly string[],
  unitIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT answering.learner_id AS id FROM (${ANSWERING}) answering JOIN site ON site.id = answering.site_id
     GROUP BY answering.learner_id
     HAVING bool_and(site.id = ANY($2::uuid[]) OR EXISTS (
       SELECT FROM unit_above above WHERE above.unit_id = site.unit_id AND above.above_id = ANY($3::uuid[])))`,
    [learnerIds, siteIds, unitIds],
  );
  return new Set(rows.map(({ id }) => id));
};

/** The sites that answer for a learner. */
export const sitesOfLearner = async (db: EntityManager, learnerId: string): Promise<string[]> => {
  const rows = await db.query<{ site_id: string }[]>(ANSWERING, [[learnerId]]);
  return rows.map((row) => row.site_id);
};

/** Whether one of the units has never belonged to another. One whose parent is gone is no root by that. */
export const anyRoot = async (db: EntityManager, unitIds: readonly string[]): Promise<boolean> => {
  const [row] = await db.query<[{ found: boolean }]>(
    `SELECT EXISTS (SELECT FROM unnest($1::uuid[]) AS held (id)
                    WHERE NOT EXISTS (SELECT FROM unit_parent WHERE unit_id = held.id)) AS found`,
    [unitIds],
  );
  return row.found;
};
