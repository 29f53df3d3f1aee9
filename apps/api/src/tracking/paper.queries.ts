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

/** Those among the learners who are, or were, on the roster of a site. */
export const onRoster = async (db: EntityManager, siteId: string, learnerIds: readonly string[]): Promise<number> => {
  const [row] = await db.query<[{ count: number }]>(
    `SELECT count(*)::int FROM roster_entry WHERE site_id = $1 AND learner_id = ANY($2::uuid[])`,
    [siteId, learnerIds],
  );
  return row.count;
};
