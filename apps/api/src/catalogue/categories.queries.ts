import type { EntityManager } from 'typeorm';

/** Whether one of the units has none above it. */
export const includeRoot = async (db: EntityManager, unitIds: readonly string[]): Promise<boolean> => {
  const rows = await db.query<unknown[]>(
    `SELECT FROM unit_above WHERE unit_id = ANY($1::uuid[]) GROUP BY unit_id HAVING count(*) = 1 LIMIT 1`,
    [unitIds],
  );
  return rows.length > 0;
};
