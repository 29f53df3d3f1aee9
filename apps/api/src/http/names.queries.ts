import type { EntityManager } from 'typeorm';

/** Condition on a row of `site`, or of another name for it, by the places of two parameters: a reach of names. */
export const namedIn = (sites: string, units: string, site = 'site'): string =>
  `(${site}.id = ANY(${sites}::uuid[]) OR ${site}.unit_id = ANY(${units}::uuid[]))`;

/** Which of some sites lie in a reach of names. */
export const namedSites = async (
  db: EntityManager,
  among: readonly string[],
  { siteIds, unitIds }: { readonly siteIds: readonly string[]; readonly unitIds: readonly string[] },
): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM site WHERE id = ANY($1::uuid[]) AND ${namedIn('$2', '$3')}`,
    [among, siteIds, unitIds],
  );
  return rows.map(({ id }) => id);
};

/** Whether a unit stands, or ever stood, above another. */
export const hasUnitsBelow = async (db: EntityManager, unitId: string): Promise<boolean> => {
  const [row] = await db.query<[{ found: boolean }]>(
    `SELECT EXISTS (SELECT FROM unit_parent WHERE parent_id = $1) AS found`,
    [unitId],
  );
  return row.found;
};
