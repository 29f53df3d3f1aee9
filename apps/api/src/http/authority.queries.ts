import type { EntityManager } from 'typeorm';

/** The units themselves and all above them, in the tree of today. */
export const unitsAbove = async (db: EntityManager, unitIds: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `WITH RECURSIVE up AS (
       SELECT unnest($1::uuid[]) AS id
       UNION
       SELECT parent.parent_id FROM unit_parent parent JOIN up ON parent.unit_id = up.id WHERE parent.to_date IS NULL
     )
     SELECT id FROM up`,
    [unitIds],
  );
  return rows.map(({ id }) => id);
};

/** The units themselves and all below them, in the tree of today. */
export const unitsBelow = async (db: EntityManager, unitIds: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `WITH RECURSIVE down AS (
       SELECT unnest($1::uuid[]) AS id
       UNION
       SELECT child.unit_id FROM unit_parent child JOIN down ON child.parent_id = down.id WHERE child.to_date IS NULL
     )
     SELECT id FROM down`,
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
