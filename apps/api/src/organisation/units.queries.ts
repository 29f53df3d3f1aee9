import type { UnitQuery, UnitView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';
import { searchOf } from '../http/search.js';

/** Where a caller stands: units with all below them, and single sites. */
export interface Standing {
  readonly unitIds: readonly string[];
  readonly siteIds: readonly string[];
}

const columns = `unit.id, unit.name, unit.kind, unit.time_zone AS "timeZone", parent.parent_id AS "parentId"
  FROM unit LEFT JOIN unit_parent parent ON parent.unit_id = unit.id AND parent.to_date IS NULL`;
const visible = `(unit.id IN (SELECT unit_id FROM unit_above WHERE above_id = ANY($1::uuid[]))
  OR unit.id IN (SELECT unit_id FROM site WHERE id = ANY($2::uuid[])))`;

/** `limit + 1` units by name that the caller may see. */
export const listUnits = (db: EntityManager, { unitIds, siteIds }: Standing, query: UnitQuery): Promise<UnitView[]> => {
  const { pieces, pattern } = searchOf(query.q);
  return db.query<UnitView[]>(
    `SELECT ${columns}
     WHERE ${visible} AND ($3::uuid IS NULL OR parent.parent_id = $3)
       AND ($4::text[] IS NULL OR (pieces_of(unit.name) @> $4 AND unit.name ILIKE $5))
       AND ($6::text IS NULL OR (unit.name, unit.id) > ($6, $7::uuid))
     ORDER BY unit.name, unit.id LIMIT $8`,
    [unitIds, siteIds, query.parentId ?? null, pieces, pattern, ...keyOf(query.after, 2), query.limit + 1],
  );
};

export const findUnit = async (
  db: EntityManager,
  { unitIds, siteIds }: Standing,
  id: string,
): Promise<UnitView | undefined> => {
  const rows = await db.query<UnitView[]>(`SELECT ${columns} WHERE ${visible} AND unit.id = $3`, [
    unitIds,
    siteIds,
    id,
  ]);
  return rows[0];
};

/** Sets the parent from today on. The tree itself refuses a circle. */
export const placeUnder = async (db: EntityManager, unitId: string, parentId: string): Promise<void> => {
  await db.query(
    `INSERT INTO unit_parent (unit_id, from_date, parent_id)
     SELECT id, (now() AT TIME ZONE time_zone)::date, $2 FROM unit WHERE id = $1`,
    [unitId, parentId],
  );
};
