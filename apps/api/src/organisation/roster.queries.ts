import type { LearnerView, RosterQuery } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';

/** Who is on a roster: now, or on some day; either beside it will do, since dates of long ago are those of the house's clock. */
const onRoster = (day: string): string => `CASE WHEN ${day}::date IS NULL THEN roster_entry.to_date IS NULL
       ELSE roster_entry.from_date <= ${day}::date + 1 AND coalesce(roster_entry.to_date >= ${day}::date - 1, true) END`;

/** `limit + 1` learners on the roster of a site, by name. */
export const listRoster = (db: EntityManager, siteId: string, query: RosterQuery): Promise<LearnerView[]> =>
  db.query<LearnerView[]>(
    `SELECT learner.id, learner.name, learner.code,
            learner.card_hash IS NOT NULL AS "hasCard", learner.pin_hash IS NOT NULL AS "hasPin"
     FROM roster_entry JOIN learner ON learner.id = roster_entry.learner_id
     WHERE roster_entry.site_id = $1 AND ${onRoster('$5')} AND learner.erased_at IS NULL
       AND ($2::text IS NULL OR (learner.name, learner.id) > ($2, $3::uuid))
     ORDER BY learner.name, learner.id LIMIT $4`,
    [siteId, ...keyOf(query.after, 2), query.limit + 1, query.on ?? null],
  );

export interface RosterRow {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly hasPin: boolean;
  readonly cardHash: string | null;
  /** Null as well when it was made of another card. */
  readonly cardCheck: string | null;
}

/** The whole roster of a site, by name: what a hall keeps for times without a link. */
export const wholeRoster = (db: EntityManager, siteId: string): Promise<RosterRow[]> =>
  db.query<RosterRow[]>(
    `SELECT learner.id, learner.name, learner.code, learner.pin_hash IS NOT NULL AS "hasPin",
            learner.card_hash AS "cardHash",
            CASE WHEN card_check_of = learner.card_hash THEN card_check END AS "cardCheck"
     FROM roster_entry JOIN learner ON learner.id = roster_entry.learner_id
     WHERE roster_entry.site_id = $1 AND roster_entry.to_date IS NULL AND learner.erased_at IS NULL
     ORDER BY learner.name, learner.id`,
    [siteId],
  );

export interface NewCheck {
  readonly id: string;
  readonly cardHash: string;
  readonly cardCheck: string;
}

export const keepCardChecks = async (db: EntityManager, siteId: string, checks: readonly NewCheck[]): Promise<void> => {
  await db.query(
    `UPDATE roster_entry SET card_check = fresh."cardCheck", card_check_of = fresh."cardHash"
     FROM json_to_recordset($2) AS fresh (id uuid, "cardHash" text, "cardCheck" text)
     WHERE site_id = $1 AND learner_id = fresh.id`,
    [siteId, JSON.stringify(checks)],
  );
};

/** The day that it is at a site: `$1`. */
const TODAY = `(SELECT (now() AT TIME ZONE unit.time_zone)::date FROM site JOIN unit ON unit.id = site.unit_id WHERE site.id = $1)`;

export const enter = async (db: EntityManager, siteId: string, learnerId: string): Promise<void> => {
  await db.query(
    `INSERT INTO roster_entry (site_id, learner_id, from_date) VALUES ($1, $2, ${TODAY})
     ON CONFLICT (site_id, learner_id) DO UPDATE SET to_date = NULL`,
    [siteId, learnerId],
  );
};

/** Takes a learner off the roster as of today, and ends their sessions on the devices there. */
export const leave = async (db: EntityManager, siteId: string, learnerId: string): Promise<boolean> => {
  const [, left] = await db.query<[unknown, number]>(
    `UPDATE roster_entry SET to_date = ${TODAY} WHERE site_id = $1 AND learner_id = $2 AND to_date IS NULL`,
    [siteId, learnerId],
  );
  await db.query(
    `DELETE FROM sign_in USING device
     WHERE device.id = sign_in.device_id AND device.site_id = $1 AND sign_in.learner_id = $2`,
    [siteId, learnerId],
  );
  return left > 0;
};
