import type { UnitKind } from '#libs/contracts';
import type { EntityManager } from 'typeorm';

export interface UnitHead {
  readonly name: string;
  readonly kind: UnitKind;
  readonly above: { readonly id: string; readonly name: string }[];
}

/** A unit, with those above it that stand at or below the units given. */
export const unitHead = async (
  db: EntityManager,
  unitId: string,
  grantedUnitIds: readonly string[],
): Promise<UnitHead | undefined> => {
  const rows = await db.query<UnitHead[]>(
    `SELECT unit.name, unit.kind, coalesce((
       SELECT json_agg(json_build_object('id', upper.id, 'name', upper.name)
                ORDER BY (SELECT count(*) FROM unit_above height WHERE height.unit_id = upper.id))
       FROM unit_above above JOIN unit upper ON upper.id = above.above_id
       WHERE above.unit_id = unit.id AND above.above_id <> unit.id AND EXISTS (
         SELECT FROM unit_above held WHERE held.unit_id = upper.id AND held.above_id = ANY($2::uuid[]))
     ), '[]') AS above
     FROM unit WHERE unit.id = $1`,
    [unitId, grantedUnitIds],
  );
  return rows[0];
};
