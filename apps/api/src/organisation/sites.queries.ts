import type { SiteQuery, SiteView } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';
import { searchOf } from '../http/search.js';
import type { Standing } from './units.queries.js';

const columns = `site.id, site.unit_id AS "unitId", unit.name AS "unitName", site.name, unit.time_zone AS "timeZone",
  site.link_kbps AS "linkKbps", site.link_mb_per_month AS "linkMbPerMonth", site.link_hours AS "linkHours"
  FROM site JOIN unit ON unit.id = site.unit_id`;

/** What of a standing lies in the subtree of one unit. */
export const standingWithin = async (
  db: EntityManager,
  { unitIds, siteIds }: Standing,
  unitId: string,
): Promise<Standing> => {
  const rows = await db.query<[Standing]>(
    `SELECT ARRAY(SELECT $3::uuid WHERE EXISTS (SELECT FROM unit_above WHERE unit_id = $3 AND above_id = ANY($1::uuid[]))
                  UNION SELECT unit_id FROM unit_above WHERE above_id = $3 AND unit_id = ANY($1::uuid[])) AS "unitIds",
            ARRAY(SELECT site.id FROM site JOIN unit_above ON unit_above.unit_id = site.unit_id
                  WHERE above_id = $3 AND site.id = ANY($2::uuid[])) AS "siteIds"`,
    [unitIds, siteIds, unitId],
  );
  return rows[0];
};

/** Only a condition that stands alone lets PostgreSQL choose between the order of names and the few sites of a county. */
function conditionOf({ unitIds, siteIds }: Standing): string {
  const below = `site.unit_id IN (SELECT unit_id FROM unit_above WHERE above_id = ANY($1::uuid[]))`;
  const itself = `site.id = ANY($2::uuid[])`;
  if (siteIds.length === 0) return `${below} AND $2::uuid[] IS NOT NULL`;
  return unitIds.length === 0 ? `${itself} AND $1::uuid[] IS NOT NULL` : `(${below} OR ${itself})`;
}

/** `limit + 1` sites by name. */
export const listSites = (db: EntityManager, standing: Standing, query: SiteQuery): Promise<SiteView[]> => {
  const { pieces, pattern } = searchOf(query.q);
  return db.query<SiteView[]>(
    `SELECT ${columns}
     WHERE ${conditionOf(standing)}
       AND ($3::text[] IS NULL OR (pieces_of(site.name) @> $3 AND site.name ILIKE $4))
       AND ($5::text IS NULL OR (site.name, site.id) > ($5, $6::uuid))
     ORDER BY site.name, site.id LIMIT $7`,
    [standing.unitIds, standing.siteIds, pieces, pattern, ...keyOf(query.after, 2), query.limit + 1],
  );
};

export const findSite = async (db: EntityManager, id: string): Promise<SiteView | undefined> => {
  const rows = await db.query<SiteView[]>(`SELECT ${columns} WHERE site.id = $1`, [id]);
  return rows[0];
};
