import type { FlagItem, FlagQuery } from '#libs/contracts';
import type { FlagState } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import type { NameReach } from '../http/names.js';
import { namedIn } from '../http/names.queries.js';
import { inReach, type Reach } from './reach.js';

export const lockFlag = async (
  db: EntityManager,
  id: string,
): Promise<{ site_id: string; learner_id: string | null } | undefined> => {
  const rows = await db.query<{ site_id: string; learner_id: string | null }[]>(
    `SELECT site_id, learner_id FROM flag WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0];
};

export const decideFlag = async (
  db: EntityManager,
  { id, state, note, by }: { id: string; state: FlagState; note: string; by: string },
): Promise<void> => {
  await db.query(`UPDATE flag SET state = $2, note = $3, decided_by = $4, decided_at = now() WHERE id = $1`, [
    id,
    state,
    note,
    by,
  ]);
};

const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** `$1`, `$2`: the reach of the reader; sites beyond it are told of without a name. `$3`, `$4`: their reach of people's names. */
const FLAGS = `
  SELECT flag.id, flag.kind, site.id AS "siteId", site.name AS "siteName",
         CASE WHEN learner.id IS NOT NULL THEN json_build_object('id', learner.id, 'name', learner.name) END AS learner,
         flag.learner_id IS NOT NULL AND learner.id IS NULL AS "isUnnamed",
         device.name AS "deviceName", flag.since::text, flag.state, flag.note, ${iso('flag.found_at')} AS "foundAt",
         (SELECT name FROM account WHERE account.id = flag.decided_by) AS "decidedBy",
         ${iso('flag.decided_at')} AS "decidedAt",
         json_build_object('numbers', flag.evidence->'numbers', 'sessions', sessions.list, 'otherSite',
           (SELECT CASE WHEN ${inReach('$1', '$2', 'other')} THEN json_build_object('id', other.id, 'name', other.name)
                        ELSE '{"id": null, "name": null}' END FROM site other
            WHERE other.id = (flag.evidence->>'otherSiteId')::uuid)) AS evidence
  FROM flag JOIN site ON site.id = flag.site_id
  LEFT JOIN learner ON learner.id = flag.learner_id AND learner.erased_at IS NULL AND EXISTS (
    SELECT FROM roster_entry entry JOIN site rostered ON rostered.id = entry.site_id
    WHERE entry.learner_id = flag.learner_id AND ${namedIn('$3', '$4', 'rostered')})
  LEFT JOIN device ON device.id = flag.device_id
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('id', record.session_id, 'startedAt', ${iso('record.started_at')},
             'lectureTitle', CASE WHEN seen THEN lecture.title END,
             'editionId', CASE WHEN seen THEN record.edition_id END, 'siteName', CASE WHEN seen THEN coalesce(place.name, '') END)
             ORDER BY record.started_at, record.session_id), '[]') AS list
    FROM jsonb_array_elements_text(flag.evidence->'sessions') told
    JOIN session_record record ON record.session_id = told::uuid
    JOIN edition ON edition.id = record.edition_id JOIN lecture ON lecture.id = edition.lecture_id
    LEFT JOIN site place ON place.id = record.site_id
    CROSS JOIN LATERAL (SELECT place.id IS NULL OR ${inReach('$1', '$2', 'place')} AS seen) reach
  ) sessions`;

/** Whose sites a reader sees, and whose people. */
export interface Sight {
  readonly reach: Reach;
  readonly names: NameReach;
}

const inSight = ({ reach, names }: Sight) => [reach.siteIds, reach.unitIds, names.siteIds, names.unitIds];

export const flagView = async (db: EntityManager, id: string, sight: Sight): Promise<FlagItem> => {
  const [row] = await db.query<[FlagItem]>(`${FLAGS} WHERE flag.id = $5`, [...inSight(sight), id]);
  return row;
};

/** `limit + 1` at the sites in reach, the latest found first. */
export const flagPage = (
  db: EntityManager,
  { state, kind, siteId, limit }: FlagQuery,
  after: string | null,
  sight: Sight,
): Promise<FlagItem[]> =>
  db.query(
    `${FLAGS} WHERE flag.state = $5 AND ${inReach('$1', '$2')} AND ($6::text IS NULL OR flag.kind = $6)
       AND ($7::uuid IS NULL OR site.id = $7) AND ($8::uuid IS NULL OR flag.id < $8)
     ORDER BY flag.id DESC LIMIT $9`,
    [...inSight(sight), state, kind ?? null, siteId ?? null, after, limit + 1],
  );
