import type { EntityManager } from 'typeorm';

export interface LiveEdition {
  readonly id: string;
  readonly duration_ms: number;
}

/** What a hall would see of a lecture today. */
export const liveEditionOf = async (db: EntityManager, lectureId: string): Promise<LiveEdition | undefined> => {
  const rows = await db.query<LiveEdition[]>(
    `SELECT id, duration_ms FROM edition WHERE lecture_id = $1 AND live AND duration_ms IS NOT NULL`,
    [lectureId],
  );
  return rows[0];
};

/** Those among the learners who were not on the roster of a site on the day of an instant, which is the site's own. */
export const notOnRoster = async (
  db: EntityManager,
  siteId: string,
  learnerIds: readonly string[],
  at: Date,
): Promise<ReadonlySet<string>> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT asked.id FROM unnest($2::uuid[]) AS asked (id), (
       SELECT ($3::timestamptz AT TIME ZONE unit.time_zone)::date AS day
       FROM site JOIN unit ON unit.id = site.unit_id WHERE site.id = $1
     ) AS own
     WHERE NOT EXISTS (
       SELECT FROM roster_entry WHERE site_id = $1 AND learner_id = asked.id
         AND from_date <= own.day AND (to_date IS NULL OR to_date >= own.day))`,
    [siteId, learnerIds, at],
  );
  return new Set(rows.map(({ id }) => id));
};

/** Whether the ledger knows a session of this id, whosever it is. */
export const isKnownSession = async (db: EntityManager, id: string): Promise<boolean> =>
  (await db.query<unknown[]>(`SELECT FROM tracking_session WHERE id = $1`, [id])).length > 0;
