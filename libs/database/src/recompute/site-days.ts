import type { EntityManager } from 'typeorm';
import { lockForDeriving } from '../tracking/derived.queries.js';
import { refreshSiteDays, SITE_DAYS } from '../tracking/site-day.queries.js';
import { differentRows } from './compare.queries.js';
import { daysBy, percentOf, type Part } from './part.js';

const { daysOf, keysIn, comparison } = daysBy('site_id');

const AFTER = `site_id IS NOT NULL AND ($1::uuid IS NULL OR (site_id, day) > ($1, $2::date))
  ORDER BY site_id, day LIMIT $3`;

/** The days of sites, from what single sessions gave. */
export const siteDays: Part = {
  kind: 'site-day',
  atOnce: 200,
  after: (db: EntityManager, key, limit) =>
    keysIn(
      db,
      `SELECT site_id, day::text FROM (
         (SELECT DISTINCT site_id, day FROM session_record WHERE ${AFTER})
         UNION (SELECT DISTINCT site_id, day FROM session_minutes WHERE ${AFTER})
         UNION (SELECT DISTINCT site_id, day FROM site_day WHERE ${AFTER})
       ) known ORDER BY site_id, day LIMIT $3`,
      [key?.[0] ?? null, key?.[1] ?? null, limit],
    ),
  sample: async (db, about) =>
    keysIn(
      db,
      `(SELECT DISTINCT site_id, day::text FROM session_record TABLESAMPLE SYSTEM ($1) WHERE site_id IS NOT NULL LIMIT $3)
       UNION (SELECT DISTINCT site_id, day::text FROM site_day TABLESAMPLE SYSTEM ($2) LIMIT $3)`,
      [await percentOf(db, 'session_record', about), await percentOf(db, 'site_day', about), about],
    ),
  waiting: () => Promise.resolve([]),
  differences: (db, keys) => differentRows(db, comparison('site_day', SITE_DAYS), [JSON.stringify(daysOf(keys))]),
  write: (database, keys) =>
    database.transaction(async (db) => {
      await lockForDeriving(
        db,
        'site',
        daysOf(keys).map(({ site_id }) => site_id),
      );
      await refreshSiteDays(db, daysOf(keys));
    }),
};
