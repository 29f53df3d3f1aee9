import type { EntityManager } from 'typeorm';

export const siteOf = async (
  db: EntityManager,
  siteId: string,
): Promise<{ name: string; time_zone: string } | undefined> => {
  const rows = await db.query<{ name: string; time_zone: string }[]>(
    `SELECT site.name, unit.time_zone FROM site JOIN unit ON unit.id = site.unit_id WHERE site.id = $1`,
    [siteId],
  );
  return rows[0];
};
