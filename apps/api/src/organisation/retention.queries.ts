import type { RetentionView } from '#libs/contracts';
import { RETENTION, Retention } from '#libs/database';
import type { EntityManager } from 'typeorm';

/** What holds for a unit, and who says so. */
export const retentionOf = async (db: EntityManager, unitId: string): Promise<RetentionView> => {
  const rows = await db.query<{ months: number | null; id: string; name: string }[]>(
    `SELECT kept.months, unit.id, unit.name FROM (${RETENTION}) kept JOIN unit ON unit.id = kept.set_by
     WHERE kept.unit_id = $1`,
    [unitId],
  );
  const own = await db.findOneBy(Retention, { unitId });
  const [kept] = rows;
  if (!kept) return { own: null, months: null, setBy: null };
  const { months, id, name } = kept;
  return { own: own && { months: own.months }, months, setBy: { id, name } };
};

export const setRetention = async (
  db: EntityManager,
  unitId: string,
  own: { readonly months: number | null } | null,
): Promise<void> => {
  if (own) await db.upsert(Retention, { unitId, ...own, setAt: new Date() }, ['unitId']);
  else await db.delete(Retention, { unitId });
};
